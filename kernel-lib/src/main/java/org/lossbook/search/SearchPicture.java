package org.lossbook.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.lossbook.plot.Figure;
import org.lossbook.plot.HeatMap;
import org.lossbook.plot.ParallelCoordinates;
import org.lossbook.plot.ParallelCoordinates.Axis;

/** The plot of a search's trials. */
final class SearchPicture {
  private static final int MOST_CELLS = 12;
  private static final double DECADES = 20;
  private static final double ASTRAY = 8;

  private final Space space;
  private final List<Trial> trials;
  private final String figure;
  private final boolean rising;

  /**
   * @param figure the figure by which trials are compared
   * @param rising whether higher is better
   */
  SearchPicture(Space space, List<Trial> trials, String figure, boolean rising) {
    this.space = space;
    this.trials = trials;
    this.figure = figure;
    this.rising = rising;
  }

  Figure figure() {
    List<Space.Dimension> dimensions = space.dimensions();
    boolean fewValues =
        dimensions.size() == 2
            && dimensions.stream().allMatch(d -> values(d).size() <= MOST_CELLS)
            && dimensions.stream().anyMatch(d -> values(d).size() < trials.size());
    return fewValues ? map(dimensions.get(0), dimensions.get(1)).figure() : lines().figure();
  }

  /** The values that were tried, in the given order, numbers ascending. */
  private List<Object> values(Space.Dimension dimension) {
    List<Object> tried =
        trials.stream().map(t -> t.settings().values().get(dimension.name())).distinct().toList();
    return dimension.interval().isPresent()
        ? tried.stream()
            .sorted(Comparator.comparingDouble(v -> ((Number) v).doubleValue()))
            .toList()
        : dimension.choices().stream().filter(tried::contains).distinct().toList();
  }

  private HeatMap map(Space.Dimension across, Space.Dimension down) {
    List<Object> columns = values(across);
    List<Object> rows = values(down);
    double[][] z = new double[rows.size()][columns.size()];
    Arrays.stream(z).forEach(row -> Arrays.fill(row, Double.NaN));
    for (Trial trial : trials) {
      int row = rows.indexOf(trial.settings().values().get(down.name()));
      int column = columns.indexOf(trial.settings().values().get(across.name()));
      z[row][column] = result(trial);
    }
    return new HeatMap(across.name(), words(columns), down.name(), words(rows), figure, z, rising);
  }

  private ParallelCoordinates lines() {
    List<Axis> axes = new ArrayList<>();
    boolean noneMoves = space.dimensions().stream().allMatch(d -> values(d).size() == 1);
    space.dimensions().stream()
        .filter(dimension -> noneMoves || values(dimension).size() > 1)
        .limit(ParallelCoordinates.MOST_SETTINGS)
        .forEach(dimension -> axes.add(axis(dimension)));
    int[] epochs = trials.stream().mapToInt(Trial::epochs).distinct().sorted().toArray();
    long lengths =
        trials.stream().filter(t -> t.failure().isEmpty()).map(Trial::epochs).distinct().count();
    if (lengths > 1 && axes.size() < ParallelCoordinates.MOST_SETTINGS) {
      // Only trials of the same length compare by their settings.
      List<String> words = IntStream.of(epochs).mapToObj(Integer::toString).toList();
      int[] at = trials.stream().mapToInt(t -> Arrays.binarySearch(epochs, t.epochs())).toArray();
      axes.add(Axis.words("epochs", words, at));
    }
    return new ParallelCoordinates(axes, results(), rising);
  }

  /** The range of most trials: a diverged one would squeeze all others together. */
  private Axis results() {
    double[] results = trials.stream().mapToDouble(this::result).toArray();
    double[] sorted = Arrays.stream(results).filter(Double::isFinite).sorted().toArray();
    if (sorted.length == 0) {
      return Axis.numbers(figure, false, results);
    }
    double least = sorted[0];
    double most = sorted[sorted.length - 1];
    double middle = sorted[sorted.length / 2];
    double from = rising ? Math.max(least, middle - ASTRAY * (most - middle)) : least;
    double to = rising ? most : Math.min(most, middle + ASTRAY * (middle - least));
    boolean wide = from > 0 && to > DECADES * from;
    Axis axis = Axis.numbers(figure, wide, results);
    return from < to ? axis.within(from, to) : axis;
  }

  private Axis axis(Space.Dimension dimension) {
    if (dimension.interval().isPresent()) {
      return Axis.numbers(
          dimension.name(),
          dimension.interval().get().logarithmic(),
          trials.stream().mapToDouble(t -> t.settings().number(dimension.name())).toArray());
    }
    List<Object> values = values(dimension);
    int[] at =
        trials.stream()
            .mapToInt(t -> values.indexOf(t.settings().values().get(dimension.name())))
            .toArray();
    return Axis.words(dimension.name(), words(values), at);
  }

  private static List<String> words(List<Object> values) {
    return IntStream.range(0, values.size())
        .mapToObj(
            i -> {
              String text = Candidate.text(values.get(i));
              boolean twice = values.stream().map(Candidate::text).filter(text::equals).count() > 1;
              return twice ? text + " #" + (i + 1) : text;
            })
        .toList();
  }

  /** The figure of a trial; NaN if it failed. */
  private double result(Trial trial) {
    return trial.failure().isPresent()
        ? Double.NaN
        : trial.figures().getOrDefault(figure, Double.NaN);
  }
}
