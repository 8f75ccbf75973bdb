package org.lossbook.plot;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.lossbook.Internal;
import org.lossbook.base.Messages;
import org.lossbook.notebook.InlineImage;
import org.lossbook.notebook.Markup;
import org.lossbook.notebook.Renderable;
import org.lossbook.plot.canvas.NumberText;

/**
 * A live view of a training run, updated a few times a second: a progress bar, the time left, the
 * metrics, and the curves so far. In a terminal it is one line of text.
 *
 * <p>Its HTML also works in an untrusted notebook: no script, and the curves as an inline image. It
 * takes well under a millisecond and a few kilobytes, however long the curves are.
 *
 * @param progress how far the run is
 * @param metrics the current metrics by name, in display order
 * @param curves to draw side by side, such as the loss and the accuracy
 * @hidden
 */
@Internal
public record TrainingView(Progress progress, Map<String, Double> metrics, List<Curves> curves)
    implements Renderable {

  private static final int BAR = 20;
  private static final int WIDTH = 640;
  private static final int MOST_POINTS = 80;

  /**
   * How far a run is. Epochs and batches count from 1, and 0 is before the first.
   *
   * @param before epochs that are counted but not run
   * @param epoch the current epoch
   * @param epochs the number of the last epoch
   * @param batch the number of batches done in this epoch
   * @param batches the number of batches per epoch; 0 where it is unknown
   * @param seconds since the start of the run
   * @param secondsLeft the estimate; NaN before there is one, 0 at the end, negative where the run
   *     was stopped early
   * @hidden
   */
  @Internal
  public record Progress(
      int before,
      int epoch,
      int epochs,
      int batch,
      int batches,
      double seconds,
      double secondsLeft) {

    /** Of a run that runs all its epochs. */
    public Progress(
        int epoch, int epochs, int batch, int batches, double seconds, double secondsLeft) {
      this(0, epoch, epochs, batch, batches, seconds, secondsLeft);
    }

    /** The fraction of the run that is done, from 0 to 1. */
    public double fraction() {
      double done = Math.max(0, epoch - 1 - before) + (batches == 0 ? 0 : (double) batch / batches);
      return epochs <= before ? 1 : Math.min(1, done / (epochs - before));
    }

    private String text() {
      String time =
          secondsLeft <= 0
              ? (secondsLeft < 0 ? "stopped after " : "done in ") + duration(seconds)
              : Double.isFinite(secondsLeft)
                  ? duration(secondsLeft) + " left"
                  : batches == 0 && batch > 0 ? duration(seconds) + " so far" : "starting";
      String all = batches == 0 ? "" : String.format(Locale.ROOT, " of %,d", batches);
      return String.format(
          Locale.ROOT, "epoch %d of %d · batch %,d%s · %s", epoch, epochs, batch, all, time);
    }
  }

  /** Copies both collections; the metrics keep their order. */
  public TrainingView {
    metrics = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    curves = List.copyOf(curves);
  }

  /** {@code 8 s}, {@code 2 min 05 s} or {@code 1 h 02 min}. */
  public static String duration(double seconds) {
    long whole = Math.round(seconds);
    if (whole < 60) {
      return whole + " s";
    }
    return whole < 3600
        ? Messages.of("%d min %02d s", whole / 60, whole % 60)
        : Messages.of("%d h %02d min", whole / 3600, whole % 3600 / 60);
  }

  private String metricsText() {
    return metrics.entrySet().stream()
        .map(m -> m.getKey() + " " + NumberText.text(m.getValue()))
        .collect(Collectors.joining(" · "));
  }

  @Override
  public Map<String, String> mimeBundle() {
    return Map.of("text/html", html());
  }

  private String html() {
    String bar =
        String.format(
            Locale.ROOT,
            "<progress aria-label=\"training\" value=\"%.3f\" max=\"1\""
                + " style=\"width:100%%\"></progress>",
            progress.fraction());
    return Messages.of(
        "<div style=\"max-width:%dpx\">%s<div>%s</div><div><b>%s</b></div>%s</div>",
        WIDTH, bar, progress.text(), Markup.attribute(metricsText()), image());
  }

  private String image() {
    List<Curves> drawn =
        curves.stream().map(c -> c.thinned(MOST_POINTS)).filter(c -> !c.lines().isEmpty()).toList();
    if (drawn.isEmpty()) {
      return "";
    }
    String svg = Sparkline.svg(drawn, WIDTH);
    String alt =
        drawn.stream().map(Curves::heading).collect(Collectors.joining(" and ")) + " so far";
    return new InlineImage(WIDTH, Sparkline.HEIGHT, alt).drawing(svg);
  }

  /** One line: {@code [=====> ] epoch 2 of 5 · batch 600 of 1,875 · 12 s left · loss 0.0712}. */
  @Override
  public String toString() {
    int done = (int) (progress.fraction() * BAR);
    String bar =
        done == BAR ? "=".repeat(BAR) : "=".repeat(done) + ">" + " ".repeat(BAR - 1 - done);
    return "[" + bar + "] " + progress.text() + (metrics.isEmpty() ? "" : " · " + metricsText());
  }
}
