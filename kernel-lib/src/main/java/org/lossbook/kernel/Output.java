package org.lossbook.kernel;

import io.github.spencerpark.jupyter.channels.IOPubChannel;
import io.github.spencerpark.jupyter.messages.ContentType;
import io.github.spencerpark.jupyter.messages.Message;
import io.github.spencerpark.jupyter.messages.MessageContext;
import io.github.spencerpark.jupyter.messages.publish.PublishStream;
import io.github.spencerpark.jupyter.messages.publish.PublishStream.StreamType;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The output of a cell, in the order it was written. Text is buffered for a moment, because one
 * message per line would take minutes for ten megabytes. A separate thread sends everything,
 * because an interrupt of a cell's thread inside a socket would close the socket.
 */
final class Output {
  private static final int CHUNK = 64 * 1024;
  private static final long GATHER_MILLIS = 40;

  private final IOPubChannel channel;
  private final ScheduledThreadPoolExecutor sender;
  private final ByteArrayOutputStream text = new ByteArrayOutputStream(2 * CHUNK);
  private StreamType kind = StreamType.OUT;
  private MessageContext context;
  private boolean flushIsDue;

  /** Replaces {@link System#out}. */
  final PrintStream out = stream(StreamType.OUT);

  /** Replaces {@link System#err}. */
  final PrintStream err = stream(StreamType.ERR);

  Output(IOPubChannel channel) {
    this.channel = channel;
    this.sender =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              var thread = new Thread(task, "output");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Writes in reply to {@code request} from now on. */
  synchronized void answer(MessageContext request) {
    send(true);
    context = request;
  }

  /** Sends {@code content} after everything written before it, and waits until it is sent. */
  void publish(ContentType<?> content) {
    Future<?> sent;
    synchronized (this) {
      send(true);
      sent = submit(content);
    }
    await(sent);
  }

  /** Sends what was written and waits until it is sent. */
  void flush() {
    Future<?> sent;
    synchronized (this) {
      send(true);
      sent = sender.submit(() -> {});
    }
    await(sent);
  }

  private void write(StreamType to, byte[] bytes, int from, int count) {
    Future<?> full = null;
    synchronized (this) {
      if (to != kind) {
        send(true);
        kind = to;
      }
      text.write(bytes, from, count);
      if (text.size() >= CHUNK) {
        full = send(false);
      } else if (!flushIsDue) {
        flushIsDue = true;
        sender.schedule(this::flushLater, GATHER_MILLIS, TimeUnit.MILLISECONDS);
      }
    }
    if (full != null) {
      await(full); // a printing loop waits for its reader
    }
  }

  private synchronized void flushLater() {
    flushIsDue = false;
    send(false);
  }

  /** Passes the text to the sender; an incomplete character at its end waits unless {@code all}. */
  private Future<?> send(boolean all) {
    byte[] bytes = text.toByteArray();
    int whole = all ? bytes.length : wholeCharacters(bytes);
    text.reset();
    text.write(bytes, whole, bytes.length - whole);
    if (whole == 0) {
      return null;
    }
    return submit(new PublishStream(kind, new String(bytes, 0, whole, StandardCharsets.UTF_8)));
  }

  private Future<?> submit(ContentType<?> content) {
    MessageContext request = context;
    return sender.submit(() -> channel.sendMessage(message(request, content)));
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static Message<?> message(MessageContext request, ContentType<?> content) {
    return new Message(request, content.getType(), content);
  }

  /** The length of the complete UTF-8 characters in the bytes. */
  private static int wholeCharacters(byte[] bytes) {
    int last = bytes.length - 1;
    int back = 0;
    while (last - back >= 0 && back < 3 && (bytes[last - back] & 0xC0) == 0x80) {
      back++;
    }
    if (last - back < 0) {
      return bytes.length;
    }
    int lead = bytes[last - back] & 0xFF;
    int length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
    return length > back + 1 ? last - back : bytes.length;
  }

  private static void await(Future<?> sent) {
    boolean interrupted = false;
    while (true) {
      try {
        sent.get();
        break;
      } catch (InterruptedException e) {
        interrupted = true; // the cell is interrupted once its text is sent
      } catch (ExecutionException e) {
        throw new IllegalStateException("The notebook cannot be reached.", e.getCause());
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private PrintStream stream(StreamType to) {
    var bytes =
        new OutputStream() {
          @Override
          public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
          }

          @Override
          public void write(byte[] bytes, int from, int count) {
            Output.this.write(to, bytes, from, count);
          }
        };
    return new PrintStream(bytes, false, StandardCharsets.UTF_8);
  }
}
