package org.lossbook.kernel.protocol;

import io.github.spencerpark.jupyter.channels.StdinChannel;
import io.github.spencerpark.jupyter.messages.Message;
import io.github.spencerpark.jupyter.messages.reply.InputReply;
import java.util.Optional;
import org.lossbook.Internal;
import org.zeromq.ZMQ;

/**
 * The channel that asks the notebook's reader for input.
 *
 * @hidden
 */
@Internal
public final class InputChannel extends StdinChannel {
  private final Wire wire;
  private final DropLog log;

  InputChannel(ZMQ.Context context, Wire wire, DropLog log) {
    super(context, null);
    this.wire = wire;
    this.log = log;
  }

  /** The reader's answer, if one has arrived; other messages are dropped. */
  public synchronized Optional<String> answer() {
    while (!closed && (getEvents() & ZMQ.Poller.POLLIN) != 0) {
      try {
        Wire.Received received = wire.read(Wire.receive(this));
        if (received.message().getContent() instanceof InputReply reply) {
          return Optional.of(reply.getValue());
        }
        throw new Rejected("it is a " + received.type() + ", not an input_reply");
      } catch (Rejected | RuntimeException e) {
        log.drop("stdin", e);
      }
    }
    return Optional.empty();
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
