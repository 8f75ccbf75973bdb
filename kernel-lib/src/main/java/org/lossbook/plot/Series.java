package org.lossbook.plot;

import java.util.DoubleSummaryStatistics;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.lossbook.Internal;
import org.lossbook.base.Messages;

/**
 * A data series: a line, points or bars. A y that is NaN or infinite is a gap.
 *
 * @param name the label at the end of the line
 * @param role its meaning, which determines its colour
 * @param look how its numbers are drawn
 * @param x positions on the horizontal axis, in increasing order
 * @param y one number for each x
 * @hidden
 */
@Internal
public record Series(String name, Role role, Look look, double[] x, double[] y) {
  /** How numbers are drawn. */
  enum Look {
    /** A line from left to right. */
    LINE,
    /** Separate points. */
    POINTS,
    /** Vertical segments, each from one number to the next: two numbers per segment. */
    STROKES,
    /** Bars from 0, side by side. */
    BARS
  }

  /** Beyond this, XChart searches for tick positions forever. */
  private static final double LARGEST = 1e15;

  /** Checks that there is a y for each x, and copies both. */
  public Series {
    if (x.length != y.length) {
      throw Messages.wrong(
          "%s expects a y for each x but receives %d x and %d y: give equally many.",
          name, x.length, y.length);
    }
    x = x.clone();
    y = y.clone();
  }

  /** A line. */
  public Series(String name, Role role, double[] x, double[] y) {
    this(name, role, Look.LINE, x, y);
  }

  /** A line over 1, 2, 3, …: one number per epoch. */
  public static Series counted(String name, Role role, double... y) {
    return new Series(name, role, IntStream.rangeClosed(1, y.length).asDoubleStream().toArray(), y);
  }

  /** A straight line over 0 to 1, with enough points that none has a dot. */
  static Series straight(String name, Role role, double from, double to) {
    double[] x = IntStream.rangeClosed(0, 40).mapToDouble(i -> i / 40.0).toArray();
    return new Series(name, role, x, DoubleStream.of(x).map(v -> from + v * (to - from)).toArray());
  }

  /** The same, with NaN for every y that the axis cannot show. */
  Series showing(boolean logarithmic) {
    double[] shown = y.clone();
    for (int i = 0; i < shown.length; i++) {
      boolean tooLarge = !logarithmic && Math.abs(shown[i]) > LARGEST;
      if (!Double.isFinite(shown[i]) || tooLarge || (logarithmic && shown[i] <= 0)) {
        shown[i] = Double.NaN;
      }
    }
    return new Series(name, role, look, x, shown);
  }

  /** Half a bar's width: evenly spaced bars touch. */
  double halfBar() {
    double least = IntStream.range(1, x.length).mapToDouble(i -> x[i] - x[i - 1]).min().orElse(1);
    return least / 2;
  }

  /** The range of x that is drawn. */
  double[] horizontally() {
    double beyond = look == Look.BARS ? halfBar() : 0;
    var all = DoubleStream.of(x).summaryStatistics();
    return new double[] {all.getMin() - beyond, all.getMax() + beyond};
  }

  /** The range of y that is drawn; empty where nothing is. */
  DoubleSummaryStatistics vertically() {
    var range = DoubleStream.of(y).filter(Double::isFinite).summaryStatistics();
    if (look == Look.BARS) {
      range.accept(0);
    }
    return range;
  }

  /** Whether there is nothing to draw. */
  boolean isEmpty() {
    return Double.isNaN(last());
  }

  /** The first finite y, NaN where there is none. */
  double first() {
    return DoubleStream.of(y).filter(Double::isFinite).findFirst().orElse(Double.NaN);
  }

  /** The last finite y, NaN where there is none. */
  double last() {
    for (int i = y.length - 1; i >= 0; i--) {
      if (Double.isFinite(y[i])) {
        return y[i];
      }
    }
    return Double.NaN;
  }

  /** At most {@code most} of the points, evenly chosen, the last among them. */
  Series thinned(int most) {
    int n = x.length;
    if (n <= most || look == Look.STROKES || look == Look.BARS) {
      return this;
    }
    double[] fewX = new double[most];
    double[] fewY = new double[most];
    for (int i = 0; i < most; i++) {
      int at = (int) ((long) i * (n - 1) / (most - 1));
      fewX[i] = x[at];
      fewY[i] = y[at];
    }
    return new Series(name, role, look, fewX, fewY);
  }
}
