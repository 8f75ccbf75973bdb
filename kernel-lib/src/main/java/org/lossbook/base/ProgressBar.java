package org.lossbook.base;

import java.util.Map;
import java.util.Optional;
import org.lossbook.Internal;
import org.lossbook.notebook.Markup;
import org.lossbook.notebook.Renderable;
import org.lossbook.notebook.Screen;

/**
 * A progress bar for work with a known number of pieces, with the time left. It appears after half
 * a second, so that short work shows nothing. Between two pieces it checks whether the cell was
 * interrupted.
 *
 * @hidden
 */
@Internal
public final class ProgressBar implements AutoCloseable {
  private static final long BETWEEN_NANOS = 250_000_000;
  private static final long SILENT_NANOS = 2 * BETWEEN_NANOS;

  private final String call;
  private final String pieces;
  private final int all;
  private final long start = System.nanoTime();
  private long next = start + SILENT_NANOS;
  private int done;
  private Optional<Screen.LiveView> view = Optional.empty();

  /** The state of the bar. */
  private record Stand(String text, double share) implements Renderable {
    @Override
    public Map<String, String> mimeBundle() {
      return Map.of(
          "text/html",
          Messages.of(
              "<div style=\"max-width:640px\"><progress value=\"%.3f\" max=\"1\""
                  + " style=\"width:100%%\"></progress><div>%s</div></div>",
              share, Markup.html(text)));
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /**
   * @param call the running call, {@code gradientCheck}
   * @param pieces what is counted, {@code weights}
   */
  public ProgressBar(String call, String pieces, int all) {
    this.call = call;
    this.pieces = pieces;
    this.all = all;
  }

  /**
   * Counts one finished piece.
   *
   * @throws InterruptedTraining if the thread was interrupted
   */
  public void piece() {
    done++;
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedTraining(
          Messages.of(
              "%s was interrupted after %,d of %,d %s: the model is unchanged.",
              call, done, all, pieces));
    }
    long now = System.nanoTime();
    if (now >= next) {
      double seconds = (now - start) / 1e9;
      long left = Math.round(seconds * (all - done) / done);
      show(Messages.of("%s: %,d of %,d %s · %d s left", call, done, all, pieces, left));
      next = now + BETWEEN_NANOS;
    }
  }

  private void show(String text) {
    var stand = new Stand(text, (double) done / all);
    if (view.isEmpty()) {
      view = Optional.of(Screen.current().show(stand));
    } else {
      view.get().update(stand);
    }
  }

  /** Shows the final line, if the bar has appeared. */
  @Override
  public void close() {
    if (view.isPresent()) {
      double seconds = (System.nanoTime() - start) / 1e9;
      show(Messages.of("%s: %,d of %,d %s in %.1f s", call, done, all, pieces, seconds));
      view.get().close();
    }
  }
}
