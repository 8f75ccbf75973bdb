package org.lossbook.notebook.rendering;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.lossbook.Internal;

/**
 * Sends messages from a thread that is never interrupted: an interrupt of a thread inside JeroMQ
 * closes the kernel's sockets for good.
 *
 * @hidden
 */
@Internal
public final class Sender {
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          task -> {
            var worker = new Thread(task, "lossbook-display");
            worker.setDaemon(true);
            return worker;
          });

  /** Called once a screen. */
  public Sender() {}

  /** Runs {@code message} and waits for it; an interrupt meanwhile is kept for the caller. */
  public void send(Runnable message) {
    Future<?> sent = thread.submit(message);
    boolean interrupted = false;
    while (true) {
      try {
        sent.get();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      } catch (ExecutionException e) {
        throw new IllegalStateException("The notebook cannot be reached.", e.getCause());
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
