package org.lossbook.kernel.protocol;

import io.github.spencerpark.jupyter.channels.ShellChannel;
import io.github.spencerpark.jupyter.messages.Message;
import org.zeromq.ZMQ;

/** The shell or the control channel. */
final class RequestChannel extends ShellChannel {
  private final Wire wire;

  RequestChannel(ZMQ.Context context, Wire wire, boolean control, Connection connection) {
    super(context, null, control, connection);
    this.wire = wire;
  }

  /** Whether further requests are waiting. */
  boolean hasRequests() {
    return (getEvents() & ZMQ.Poller.POLLIN) != 0;
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
