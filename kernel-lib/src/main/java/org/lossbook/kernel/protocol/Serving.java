package org.lossbook.kernel.protocol;

import java.util.List;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;

/** The thread of a channel: handles its messages one after the other, then closes the socket. */
final class Serving extends Thread {
  private static final int WAIT_MILLIS = 50;

  private final ZMQ.Socket socket;
  private final Handler handler;
  private final DropLog log;
  private volatile boolean ended;

  /** Handles the frames of one message. */
  interface Handler {
    void handle(List<byte[]> frames) throws Exception;
  }

  /**
   * @param channel the channel's name
   */
  Serving(ZMQ.Socket socket, String channel, DropLog log, Handler handler) {
    super(channel);
    setDaemon(true);
    this.socket = socket;
    this.handler = handler;
    this.log = log;
    socket.setReceiveTimeOut(WAIT_MILLIS);
  }

  @Override
  public void run() {
    try {
      while (!ended) {
        serve();
      }
      socket.close();
    } catch (ZMQException e) {
      // The process ends: the context is closed.
    }
  }

  private void serve() {
    try {
      List<byte[]> frames = Wire.receive(socket);
      if (!frames.isEmpty()) {
        handler.handle(frames);
      }
    } catch (ZMQException e) {
      if (e.getErrorCode() == ZMQ.Error.ETERM.getCode()) {
        throw e;
      }
      log.drop(getName(), e);
    } catch (Throwable e) {
      // Errors too: a message that needs all memory or stack must not end the channel.
      log.drop(getName(), e);
    }
  }

  /** Ends after the current message. */
  void end() {
    ended = true;
  }
}
