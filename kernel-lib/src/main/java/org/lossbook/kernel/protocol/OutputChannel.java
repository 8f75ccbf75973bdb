package org.lossbook.kernel.protocol;

import io.github.spencerpark.jupyter.channels.IOPubChannel;
import io.github.spencerpark.jupyter.messages.Message;
import org.zeromq.ZMQ;

/** The channel that publishes output. */
final class OutputChannel extends IOPubChannel {
  private final Wire wire;

  OutputChannel(ZMQ.Context context, Wire wire) {
    super(context, null);
    this.wire = wire;
    // A slow reader makes the cell wait; the default is to drop messages.
    setXpubNoDrop(true);
  }

  @Override
  public synchronized void sendMessage(Message<?> message) {
    if (!closed) {
      wire.send(this, message);
    }
  }

  @Override
  public synchronized void close() {
    super.close();
  }
}
