package org.lossbook.kernel;

import io.github.spencerpark.jupyter.messages.Message;
import io.github.spencerpark.jupyter.messages.MessageContext;
import io.github.spencerpark.jupyter.messages.request.InputRequest;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.lossbook.kernel.protocol.InputChannel;

/**
 * {@link System#in} of a cell: asks the notebook for a line. A separate thread asks, so that an
 * interrupt can end the wait without damaging the socket.
 */
final class CellInput extends InputStream {
  private static final int POLL_MILLIS = 20;
  private static final byte[] NOTHING = {};

  private final InputChannel channel;
  private final ExecutorService asker =
      Executors.newSingleThreadExecutor(
          task -> {
            var thread = new Thread(task, "input");
            thread.setDaemon(true);
            return thread;
          });
  private MessageContext context;
  private boolean allowed;
  private byte[] line = NOTHING;
  private int next;
  private volatile boolean unwanted;

  CellInput(InputChannel channel) {
    this.channel = channel;
  }

  /** Reads from the sender of {@code request} from now on. */
  void answer(MessageContext request, boolean mayAsk) {
    context = request;
    allowed = mayAsk;
    line = NOTHING;
    next = 0;
  }

  @Override
  public int read() throws InterruptedIOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int from, int count) throws InterruptedIOException {
    if (count == 0) {
      return 0;
    }
    if (next == line.length) {
      if (!allowed) {
        throw new IllegalStateException(
            "The cell reads from System.in, but nobody can be asked here: run it in a notebook, or"
                + " read from a text, such as new Scanner(\"3 5\").");
      }
      line = ask();
      next = 0;
    }
    int taken = Math.min(count, line.length - next);
    System.arraycopy(line, next, into, from, taken);
    next += taken;
    return taken;
  }

  @Override
  public int available() {
    return line.length - next;
  }

  private byte[] ask() throws InterruptedIOException {
    System.out.flush();
    unwanted = false;
    var answer = asker.submit(this::askAndWait);
    try {
      return answer.get();
    } catch (InterruptedException e) {
      unwanted = true;
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("The cell was interrupted while it waited for input.");
    } catch (ExecutionException e) {
      throw new IllegalStateException("The notebook cannot be asked.", e.getCause());
    }
  }

  private byte[] askAndWait() throws InterruptedException {
    while (channel.answer().isPresent()) {
      // a late answer to an interrupted question
    }
    var question = new InputRequest("", false);
    channel.sendMessage(new Message<>(context, InputRequest.MESSAGE_TYPE, question));
    while (!unwanted) {
      Optional<String> answer = channel.answer();
      if (answer.isPresent()) {
        return (answer.get() + "\n").getBytes(StandardCharsets.UTF_8);
      }
      Thread.sleep(POLL_MILLIS);
    }
    return NOTHING;
  }
}
