package org.lossbook.kernel.protocol;

import io.github.spencerpark.jupyter.messages.Header;
import io.github.spencerpark.jupyter.messages.KernelTimestamp;
import io.github.spencerpark.jupyter.messages.MessageType;

/** A header with a type that the base does not know. */
final class NamedHeader extends Header<Object> {
  private final String name;

  NamedHeader(String name, String id, String username, String session, KernelTimestamp date) {
    super(id, username, session, date, MessageType.UNKNOWN, PROTOCOL_VERISON);
    this.name = name;
  }

  String name() {
    return name;
  }
}
