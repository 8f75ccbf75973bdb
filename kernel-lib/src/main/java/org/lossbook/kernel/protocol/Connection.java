package org.lossbook.kernel.protocol;

import static org.lossbook.base.Messages.wrong;

import io.github.spencerpark.jupyter.channels.IOPubChannel;
import io.github.spencerpark.jupyter.channels.JupyterConnection;
import io.github.spencerpark.jupyter.channels.ShellChannel;
import io.github.spencerpark.jupyter.channels.ShellHandler;
import io.github.spencerpark.jupyter.channels.ShellReplyEnvironment;
import io.github.spencerpark.jupyter.kernel.KernelConnectionProperties;
import io.github.spencerpark.jupyter.messages.Message;
import io.github.spencerpark.jupyter.messages.MessageContext;
import io.github.spencerpark.jupyter.messages.MessageType;
import io.github.spencerpark.jupyter.messages.publish.PublishStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Set;
import org.lossbook.Internal;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;

/**
 * A Jupyter connection with channels of its own: the base's end at the first message that they
 * cannot read. Whatever arrives on these, the next request is answered.
 *
 * @hidden
 */
@Internal
public final class Connection extends JupyterConnection {
  private static final int LINGER_MILLIS = 1_000;

  /** A larger frame ends its sender's connection, before memory is reserved for it. */
  private static final long LARGEST = Runtime.getRuntime().maxMemory() / 4;

  /** What the control channel answers while a cell runs; the rest would wait for the cell. */
  private static final Set<MessageType<?>> CONTROL =
      Set.of(
          MessageType.KERNEL_INFO_REQUEST,
          MessageType.INTERRUPT_REQUEST,
          MessageType.SHUTDOWN_REQUEST);

  private final KernelConnectionProperties properties;
  private final ZMQ.Context context = ZMQ.context(1);
  private final DropLog log = new DropLog();
  private final RequestChannel shellChannel;
  private final RequestChannel controlChannel;
  private final InputChannel inputChannel;
  private final OutputChannel outputChannel;
  private final ZMQ.Socket heartbeatSocket = context.socket(SocketType.ROUTER);
  private final List<Serving> servings;
  private volatile Runnable idle = () -> {};
  private boolean closed;

  public Connection(KernelConnectionProperties properties) throws GeneralSecurityException {
    super(properties);
    super.close(); // the base's channels, which stay unused
    this.properties = properties;
    var wire = new Wire(new Signatures(properties));
    shellChannel = new RequestChannel(context, wire, false, this);
    controlChannel = new RequestChannel(context, wire, true, this);
    inputChannel = new InputChannel(context, wire, log);
    outputChannel = new OutputChannel(context, wire);
    servings =
        List.of(
            new Serving(shellChannel, "shell", log, frames -> answerAll(wire.read(frames))),
            new Serving(
                controlChannel,
                "control",
                log,
                frames -> answer(controlChannel, wire.read(frames))),
            new Serving(
                heartbeatSocket, "heartbeat", log, frames -> Wire.send(heartbeatSocket, frames)));
    for (ZMQ.Socket each : sockets()) {
      each.setMaxMsgSize(LARGEST);
      each.setLinger(LINGER_MILLIS);
    }
  }

  private List<ZMQ.Socket> sockets() {
    return List.of(shellChannel, controlChannel, inputChannel, outputChannel, heartbeatSocket);
  }

  @Override
  public void connect() {
    bind(shellChannel, properties.getShellPort());
    bind(controlChannel, properties.getControlPort());
    bind(inputChannel, properties.getStdinPort());
    bind(outputChannel, properties.getIopubPort());
    bind(heartbeatSocket, properties.getHbPort());
    var starting = PublishStatus.STARTING;
    outputChannel.sendMessage(new Message<>(null, PublishStatus.MESSAGE_TYPE, starting));
    servings.forEach(Thread::start);
  }

  private void bind(ZMQ.Socket socket, int port) {
    try {
      if (properties.getTransport().equals("ipc")) {
        int local = socket.bindToRandomPort("tcp://127.0.0.1");
        IpcBridge.serve(Path.of(properties.getIp() + "-" + port), local);
      } else {
        socket.bind("tcp://" + properties.getIp() + ":" + port);
      }
    } catch (ZMQException | IOException e) {
      throw wrong(
          "The kernel cannot listen at %s, port %d: %s.", properties.getIp(), port, e.getMessage());
    }
  }

  /** Calls {@code then} whenever no further request waits on the shell channel. */
  public void whenIdle(Runnable then) {
    idle = then;
  }

  private void answerAll(Wire.Received request) throws Rejected {
    try {
      answer(shellChannel, request);
    } finally {
      if (!hasRequests()) {
        idle.run();
      }
    }
  }

  private void answer(RequestChannel channel, Wire.Received request) throws Rejected {
    Message<Object> message = request.message();
    MessageType<Object> type = message.getHeader().getType();
    ShellHandler<Object> handler = getHandler(type);
    var environment = prepareReplyEnv(channel, message);
    try {
      if (request.type().equals(DebugReply.REQUEST)) {
        environment.setBusyDeferIdle();
        environment.reply(DebugReply.to(request));
        return;
      }
      if (handler == null || (channel == controlChannel && !CONTROL.contains(type))) {
        environment.setBusyDeferIdle();
        throw new Rejected("the kernel does not answer the type " + request.type() + " there");
      }
      handler.handle(environment, message);
    } catch (RuntimeException e) {
      throw new IllegalStateException("its answer failed: " + e, e);
    } finally {
      environment.resolveDeferrals();
    }
    if (environment.isMarkedForShutdown()) {
      close();
    }
  }

  public InputChannel stdin() {
    return inputChannel;
  }

  @Override
  public IOPubChannel getIOPub() {
    return outputChannel;
  }

  /** Whether further requests are waiting. */
  public boolean hasRequests() {
    return shellChannel.hasRequests();
  }

  @Override
  public ShellReplyEnvironment prepareReplyEnv(ShellChannel channel, MessageContext request) {
    return new CellEnvironment(channel, inputChannel, outputChannel, request);
  }

  @Override
  public void close() {
    servings.forEach(Serving::end);
  }

  /** Waits until the kernel is shut down and its last messages are sent. */
  @Override
  public void waitUntilClose() {
    try {
      for (Serving each : servings) {
        each.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    release();
  }

  private synchronized void release() {
    if (!closed) {
      closed = true;
      inputChannel.close();
      outputChannel.close();
      context.close();
    }
  }
}
