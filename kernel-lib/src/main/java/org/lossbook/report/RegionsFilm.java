package org.lossbook.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.lossbook.base.Messages;
import org.lossbook.callback.Callback;
import org.lossbook.callback.Run;
import org.lossbook.config.Require;
import org.lossbook.data.Dataset;
import org.lossbook.data.Values;
import org.lossbook.model.Model;
import org.lossbook.notebook.Renderable;
import org.lossbook.plot.Figure;
import org.lossbook.plot.Scatter;
import org.lossbook.plot.explorer.RegionsExplorer;
import org.lossbook.plot.explorer.RegionsExplorer.Frame;

/**
 * Films the decision regions of a classifier of two numbers while it learns: a callback that keeps
 * the regions before training and after each epoch, then a figure that one plays.
 *
 * <pre>{@code
 * var film = regionsFilm(model, data);
 * model.fit(data, epochs(60).callbacks(film));
 * film.explore()     // a slider over the epochs, a button to play them
 * film.plot()        // the last epoch
 * }</pre>
 *
 * <p>A further fit with the same film continues it. Of a long training it keeps every second,
 * fourth … epoch and the last one, so that a notebook stays small: {@link #epochs()} says which.
 */
public final class RegionsFilm implements Callback, Renderable {
  private static final String WHO = "regionsFilm";
  private static final int COLUMNS = 80;
  private static final int ROWS = 60;
  private static final int LEVELS = 8;
  private static final int MOST_FRAMES = 60;
  private static final int MOST_SAMPLES = 400; // more hide the regions
  private static final int MOST_FIGURES = 4;
  private static final double FINE = 1e4;

  private final Model model;
  private final List<Scatter.Group> groups;
  private final double[][] axis;
  private final Values places;
  private final List<Frame> frames = new ArrayList<>();
  private List<String> names = List.of();
  private int every = 1;
  private int epochsBefore;

  private RegionsFilm(Model model, List<Scatter.Group> groups, double[][] axis) {
    this.model = model;
    this.groups = groups;
    this.axis = axis;
    places = Regions.places(axis, ROWS, COLUMNS);
  }

  /**
   * The film of a model's regions.
   *
   * @param model the one that will be trained, compiled
   * @param data samples to show before the regions
   * @throws IllegalArgumentException where a sample is not two numbers, or the model has no classes
   */
  public static RegionsFilm of(Model model, Dataset data) {
    Classification truth = Regions.classified(WHO, model, data);
    double[] x = Values.of(WHO, data.x()).toDoubles();
    double[][] axis = {Regions.axis(x, 0), Regions.axis(x, 1)};
    return new RegionsFilm(model, Regions.groups(truth, x), axis);
  }

  @Override
  public String name() {
    return WHO;
  }

  @Override
  public Watcher start(Run run) {
    Require.given(
        run, WHO, "a run of fit", "model.fit(data, epochs(9).callbacks(film)) begins one");
    return new Watcher() {
      @Override
      public void beginEpoch() {
        if (run.epoch() <= 1) {
          begin(run);
        }
      }

      @Override
      public void endEpoch() {
        add(epochsBefore + run.epoch(), run.figures());
      }

      @Override
      public void endPartialEpoch() {
        endEpoch();
      }
    };
  }

  /** Not at the start of the run: only between its steps may the model answer. */
  private void begin(Run run) {
    if (frames.isEmpty()) {
      names =
          run.names().stream()
              .filter(each -> !each.equals(Run.LEARNING_RATE))
              .limit(MOST_FIGURES)
              .toList();
      add(0, Map.of());
    }
    epochsBefore = last().epoch();
  }

  private Frame last() {
    return frames.get(frames.size() - 1);
  }

  /** The last epoch is always kept: it gives way to the next one where it is none of its own. */
  private void add(int epoch, Map<String, Double> figures) {
    if (frames.size() > 1 && last().epoch() % every != 0) {
      frames.remove(frames.size() - 1);
    }
    int[] labels = new int[ROWS * COLUMNS];
    double[] strengths = new double[labels.length];
    Regions.answer(WHO, model, places, labels, strengths);
    int[] cells = new int[labels.length];
    Arrays.setAll(
        cells,
        i ->
            labels[i] * LEVELS
                + (int) Math.round(Math.max(0, Math.min(1, strengths[i])) * (LEVELS - 1)));
    double[] measured =
        names.stream().mapToDouble(each -> figures.getOrDefault(each, Double.NaN)).toArray();
    frames.add(new Frame(epoch, cells, measured));
    while (frames.size() > MOST_FRAMES + 1) {
      every *= 2;
      Frame newest = last();
      frames.removeIf(frame -> frame != newest && frame.epoch() % every != 0);
    }
  }

  /** The epochs of its frames, counted over all fits; 0 is before training. */
  public int[] epochs() {
    return frames.stream().mapToInt(Frame::epoch).toArray();
  }

  /**
   * The regions after the last epoch.
   *
   * @throws IllegalStateException before a fit
   */
  public Figure plot() {
    int[] cells = taken("plot").last().cells();
    return Regions.figure(
        Messages.of("What the model answers where, after epoch %d", last().epoch()),
        groups,
        Regions.background(
            axis,
            ROWS,
            COLUMNS,
            IntStream.of(cells).map(cell -> cell / LEVELS).toArray(),
            IntStream.of(cells).mapToDouble(c -> c % LEVELS / (LEVELS - 1.0)).toArray()));
  }

  /**
   * The film to play, or to go through epoch by epoch, also in a saved notebook and without a
   * kernel.
   *
   * @throws IllegalStateException before a fit
   */
  public RegionsExplorer explore() {
    taken("explore");
    return new RegionsExplorer(
        "What the model answers where",
        groups.stream().map(Scatter.Group::name).toList(),
        axis[0],
        axis[1],
        COLUMNS,
        LEVELS,
        frames,
        names,
        samples(),
        plot(),
        toString());
  }

  private List<double[]> samples() {
    int all = groups.stream().mapToInt(group -> group.x().length).sum();
    int each = Math.max(1, (all + MOST_SAMPLES - 1) / MOST_SAMPLES);
    return groups.stream()
        .map(
            group ->
                IntStream.range(0, group.x().length)
                    .filter(i -> i % each == 0)
                    .filter(i -> Double.isFinite(group.x()[i] + group.y()[i]))
                    .mapToObj(i -> new double[] {group.x()[i], group.y()[i]})
                    .flatMapToDouble(Arrays::stream)
                    .map(v -> Math.round(v * FINE) / FINE)
                    .toArray())
        .toList();
  }

  private RegionsFilm taken(String call) {
    if (frames.isEmpty()) {
      throw new IllegalStateException(
          Messages.of(
              "%s expects a fit that was filmed but there was none: write model.fit(data, epochs(60).callbacks(film)) first.",
              call));
    }
    return this;
  }

  /** The film to play; before a fit, its text alone. */
  @Override
  public Map<String, String> mimeBundle() {
    return frames.isEmpty() ? Map.of() : explore().mimeBundle();
  }

  /** {@code regionsFilm(…): 61 frames, epoch 0 to 60}. */
  @Override
  public String toString() {
    return frames.isEmpty()
        ? "regionsFilm(…): no frame yet"
        : Messages.of(
            "regionsFilm(…): %d frames, epoch %d to %d",
            frames.size(), frames.get(0).epoch(), last().epoch());
  }
}
