package org.lossbook.plot;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.lossbook.Internal;
import org.lossbook.base.Messages;
import org.lossbook.plot.canvas.NumberText;

/**
 * A parallel coordinates plot: a vertical axis for each setting and one for the result, and a line
 * across them for each trial; darker is better, and the best is in colour. A trial without a result
 * ends at the last setting.
 *
 * @param axes the settings
 * @param result of each trial; NaN where there is none
 * @param rising whether a higher result is better
 * @hidden
 */
@Internal
public record ParallelCoordinates(List<Axis> axes, Axis result, boolean rising) {
  /** More axes would be too close together to read. */
  public static final int MOST_SETTINGS = 8;

  /**
   * One axis and where each line crosses it.
   *
   * @param name what it shows
   * @param words the categories; empty for an axis of numbers
   * @param values one per line: the index of the category, or the number
   * @param logarithmic whether the axis is logarithmic
   * @param low the number at the bottom; lower ones are clamped to it
   * @param high the number at the top; higher ones are clamped to it
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

    /** The same from one number to another; numbers outside are clamped. */
    public Axis within(double from, double to) {
      return new Axis(name, words, values, logarithmic, from, to);
    }

    /** A categorical axis, from bottom to top. */
    public static Axis words(String name, List<String> words, int... at) {
      double[] places = IntStream.of(at).asDoubleStream().toArray();
      return new Axis(name, words, places, false, 0, Math.max(0, words.size() - 1));
    }

    /** The height of a number, from 0 to 1. */
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
   * @throws IllegalArgumentException where there is no axis, or too many, or one lacks a number for
   *     a line
   */
  public ParallelCoordinates {
    axes = List.copyOf(axes);
    int lines = result.values().length;
    if (axes.isEmpty() || axes.size() > MOST_SETTINGS) {
      throw Messages.wrong(
          "Parallel lines expect 1 to %d settings but receive %d: draw the ones that matter.",
          MOST_SETTINGS, axes.size());
    }
    if (axes.stream().anyMatch(axis -> axis.values().length != lines)) {
      throw Messages.wrong(
          "Parallel lines expect a number on each axis for each of %d lines: give one for each trial.",
          lines);
    }
  }

  /** The figure, 640 pixels wide. */
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
    return Messages.of(
        "%d trial%s of %s and their %s%s%s.",
        order.length,
        order.length == 1 ? "" : "s",
        axes.stream().map(Axis::name).collect(Collectors.joining(", ")),
        result.name(),
        best,
        without == 0 ? "" : Messages.of("; %d without a result", without));
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
