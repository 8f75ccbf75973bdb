package org.lossbook.training.fit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lossbook.Internal;
import org.lossbook.base.Notice;
import org.lossbook.callback.History;
import org.lossbook.notebook.Screen;
import org.lossbook.plot.Curves;
import org.lossbook.plot.LearningCurves;
import org.lossbook.plot.TrainingView;
import org.lossbook.training.RunningMetrics;

/**
 * The live display of one run of fit: at most four updates per second, and a final picture that
 * stays. All from the training thread, so that nothing is written after the cell has ended.
 *
 * @hidden
 */
@Internal
public final class Progress {
  static final long BETWEEN_NANOS = 250_000_000;

  private final boolean quiet;
  private Optional<Screen.LiveView> view = Optional.empty();
  private int before;
  private int epochs;
  private int batches;
  private long start;
  private long next;
  private boolean ended;
  private boolean stopped;
  private int epoch;
  private int done;
  private double firstFraction;
  private double firstSeconds;
  private Map<String, Double> figures = Map.of();
  private final RecentMeans recent = new RecentMeans();
  private final Map<String, Track> tracks = new LinkedHashMap<>();

  /** The points of one figure over the epochs. */
  private static final class Track {
    private final List<Double> x = new ArrayList<>();
    private final List<Double> y = new ArrayList<>();

    void add(double epoch, double value) {
      x.add(epoch);
      y.add(value);
    }

    LearningCurves.Points points() {
      return new LearningCurves.Points(array(x), array(y));
    }

    private static double[] array(List<Double> values) {
      return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
  }

  public Progress(boolean quiet) {
    this.quiet = quiet;
  }

  /**
   * Opens the display before the plans are built.
   *
   * @param before how many epochs are skipped
   * @param batches how many an epoch has; 0 if unknown
   */
  void begin(int before, int epochs, int batches) {
    this.before = before;
    this.epochs = epochs;
    this.batches = batches;
    epoch = Math.min(before + 1, epochs);
    ended = before >= epochs; // nothing is left to do
    start = System.nanoTime();
    next = start + BETWEEN_NANOS;
    if (!quiet) {
      view = Optional.of(Screen.current().show(picture(epoch, 0)));
    }
  }

  /** Called after each batch: updates the display if it is time to. */
  void batch(int epoch, int done, int batches, RunningMetrics running) {
    this.epoch = epoch;
    this.done = done;
    this.batches = batches;
    if (quiet || System.nanoTime() < next) {
      return;
    }
    figures = running.figures();
    record(epoch - 1 + share(done), recent.during(running.samples(), running.means(), figures));
    show(epoch, done);
  }

  /**
   * Called at the end of an epoch with all its figures; of very short epochs only some are shown.
   *
   * @param running of its training
   * @param last whether it is the last of the run
   */
  void epoch(History.Epoch epoch, RunningMetrics running, boolean last) {
    if (quiet) {
      return;
    }
    this.epoch = epoch.number();
    done = epoch.batches();
    batches = epoch.allBatches();
    figures = epoch.figures();
    record(epoch.end(), recent.atEnd(running.samples(), running.means(), figures));
    ended = last;
    if (last || System.nanoTime() >= next) {
      show(epoch.number(), epoch.batches());
    }
  }

  /**
   * Shows the final picture; for a stopped run, how far it came.
   *
   * @param notice how the run ended, if the reader must know; shown even if the run is quiet
   */
  void end(Optional<String> notice) {
    if (!ended) {
      stopped = true;
      show(epoch, done);
    }
    view.ifPresent(Screen.LiveView::close);
    notice.ifPresent(text -> Screen.current().show(new Notice(text)).close());
  }

  private void record(double x, Map<String, Double> figures) {
    figures.forEach((name, value) -> tracks.computeIfAbsent(name, n -> new Track()).add(x, value));
  }

  private void show(int epoch, int done) {
    view.ifPresent(v -> v.update(picture(epoch, done)));
    next = System.nanoTime() + BETWEEN_NANOS;
  }

  /**
   * The done share of an epoch; if its length is unknown, a number that grows and stays below 1.
   */
  private double share(int done) {
    return batches > 0 ? (double) done / batches : done / (done + 100.0);
  }

  private TrainingView picture(int epoch, int done) {
    double seconds = (System.nanoTime() - start) / 1e9;
    double left = ended ? 0 : stopped ? -1 : batches == 0 ? Double.NaN : left(seconds);
    var progress = new TrainingView.Progress(before, epoch, epochs, done, batches, seconds, left);
    return new TrainingView(progress, figures, curves());
  }

  /**
   * The estimated seconds left, measured from the first update on, because the first batch takes a
   * hundred times as long.
   */
  private double left(double seconds) {
    double fraction = (epoch - 1 - before + share(done)) / (epochs - before);
    if (fraction > 0 && firstFraction == 0) {
      firstFraction = fraction;
      firstSeconds = seconds;
    }
    double pace = (fraction - firstFraction) / (seconds - firstSeconds);
    return pace > 0 ? (1 - fraction) / pace : Double.NaN;
  }

  private List<Curves> curves() {
    return tracks.keySet().stream()
        .filter(name -> !name.startsWith("val_"))
        .limit(LearningCurves.PANELS)
        .map(
            name ->
                LearningCurves.of(
                    name,
                    "training",
                    tracks.get(name).points(),
                    Optional.ofNullable(tracks.get("val_" + name)).map(Track::points)))
        .toList();
  }
}
