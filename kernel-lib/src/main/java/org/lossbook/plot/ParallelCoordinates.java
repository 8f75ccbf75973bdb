package org.lossbook.plot;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.lossbook.Internal;
import org.lossbook.plot.canvas.NumberText;

/**
 * Parallel coordinates: an upright axis for each setting and one for the result, and for each trial
 * a line across them; the darker the better, the best one in colour. A trial without a result ends
 * at the last setting.
 *
 * @param axes the settings
 * @param result what came of them; NaN where nothing did
 * @param rising whether more of it is better
 * @hidden
 */
@Internal
public record ParallelCoordinates(List<Axis> axes, Axis result, boolean rising) {
  /** More axes than that stand too close to be read. */
  public static final int MOST_SETTINGS = 8;

  /**
   * One axis and where each line crosses it.
   *
   * @param name what it shows
   * @param words the values where it is a list of them; empty where it is an axis of numbers
   * @param values a number for each line: the place in the list, or the number itself
   * @param logarithmic whether equal factors are equally far
   * @param low the number at the bottom; what is less stands there too
   * @param high the number at the top; what is more stands there too
   * @hidden
   */
  @Internal
  public record Axis(
      String name,
      List<String> words,
      double[] values,
      boolean logarithmic,
      double low,
      double high) {
    /** Copies the numbers. */
    public Axis {
      words = List.copyOf(words);
      values = values.clone();
    }

    /** An axis of numbers. */
    public static Axis numbers(String name, boolean logarithmic, double... values) {
      var range =
          DoubleStream.of(values)
              .filter(v -> Double.isFinite(v) && (!logarithmic || v > 0))
              .summaryStatistics();
      boolean none = range.getCount() == 0;
      return new Axis(
          name,
          List.of(),
          values,
          logarithmic,
          none ? 1 : range.getMin(),
          none ? 1 : range.getMax());
    }

    /** The same from one number to another: what is beyond stands at the end. */
    public Axis within(double from, double to) {
      return new Axis(name, words, values, logarithmic, from, to);
    }

    /** An axis of some values, from the bottom to the top; each line is at one of them. */
    public static Axis words(String name, List<String> words, int... at) {
      double[] places = IntStream.of(at).asDoubleStream().toArray();
      return new Axis(name, words, places, false, 0, Math.max(0, words.size() - 1));
    }

    /** How high a number stands, from 0 to 1. */
    double share(double value) {
      double from = scaled(low);
      double to = scaled(high);
      return to == from ? 0.5 : Math.max(0, Math.min(1, (scaled(value) - from) / (to - from)));
    }

    private double scaled(double value) {
      return logarithmic ? Math.log(value) : value;
    }

    String text(int line) {
      double value = values[line];
      return words.isEmpty() ? NumberText.text(value) : words.get((int) value);
    }
  }

  /**
   * Copies the axes.
   *
   * @throws IllegalArgumentException where there is none, or too many, or one has not a number for
   *     each line
   */
  public ParallelCoordinates {
    axes = List.copyOf(axes);
    int lines = result.values().length;
    if (axes.isEmpty() || axes.size() > MOST_SETTINGS) {
      throw new IllegalArgumentException(
          "Parallel lines expect 1 to %d settings but receive %d: draw the ones that matter."
              .formatted(MOST_SETTINGS, axes.size()));
    }
    if (axes.stream().anyMatch(axis -> axis.values().length != lines)) {
      throw new IllegalArgumentException(
          "Parallel lines expect a number on each axis for each of %d lines: give one for each trial."
              .formatted(lines));
    }
  }

  /** The drawing, 640 pixels wide. */
  public Figure figure() {
    var painter = new ParallelCoordinatesPainter(this);
    return Figure.drawing(
        ParallelCoordinatesPainter.WIDTH,
        ParallelCoordinatesPainter.HEIGHT,
        alt(),
        text(),
        painter::paint);
  }

  /** The lines from the worst to the best; those without a result first. */
  int[] order() {
    return IntStream.range(0, result.values().length)
        .boxed()
        .sorted(Comparator.comparingDouble(this::worth))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  boolean hasResult(int line) {
    return Double.isFinite(result.values()[line]);
  }

  private double worth(int line) {
    double value = result.values()[line];
    return !hasResult(line) ? Double.NEGATIVE_INFINITY : rising ? value : -value;
  }

  private String alt() {
    int[] order = order();
    long without = DoubleStream.of(result.values()).filter(v -> !Double.isFinite(v)).count();
    String best =
        order.length == without ? "" : "; the best is " + described(order[order.length - 1]);
    return "%d trial%s of %s and their %s%s%s."
        .formatted(
            order.length,
            order.length == 1 ? "" : "s",
            axes.stream().map(Axis::name).collect(Collectors.joining(", ")),
            result.name(),
            best,
            without == 0 ? "" : "; %d without a result".formatted(without));
  }

  private String described(int line) {
    return axes.stream()
        .map(axis -> axis.name() + " " + axis.text(line))
        .collect(Collectors.joining(", ", "", " with " + result.name() + " " + result.text(line)));
  }

  /** The trials in words, the best first. */
  private String text() {
    int[] order = order();
    return IntStream.range(0, order.length)
        .mapToObj(i -> "\n  " + described(order[order.length - 1 - i]))
        .collect(Collectors.joining("", alt(), ""));
  }
}
