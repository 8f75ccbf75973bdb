package org.lossbook.plot;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * One line of a figure. A y that is NaN or infinite is a gap in it.
 *
 * @param name as it stands at the line's end
 * @param role what it stands for, which chooses its colour
 * @param x places along the horizontal axis, in rising order
 * @param y one number for each x
 */
public record Series(String name, Role role, double[] x, double[] y) {
  /** Checks that there is a y for each x, and copies both. */
  public Series {
    if (x.length != y.length) {
      throw new IllegalArgumentException(
          "%s expects a y for each x but receives %d x and %d y: make them as many."
              .formatted(name, x.length, y.length));
    }
    x = x.clone();
    y = y.clone();
  }

  /** A line over 1, 2, 3, …: one number an epoch. */
  public static Series counted(String name, Role role, double... y) {
    return new Series(name, role, IntStream.rangeClosed(1, y.length).asDoubleStream().toArray(), y);
  }

  /** The same, with NaN for every y that an axis cannot show. */
  Series showing(boolean logarithmic) {
    return new Series(
        name,
        role,
        x,
        Arrays.stream(y)
            .map(v -> Double.isFinite(v) && (!logarithmic || v > 0) ? v : Double.NaN)
            .toArray());
  }

  /** Whether there is anything to draw. */
  boolean isEmpty() {
    return Arrays.stream(y).noneMatch(Double::isFinite);
  }

  /** The last finite y, NaN where there is none. */
  double last() {
    return IntStream.iterate(y.length - 1, i -> i >= 0, i -> i - 1)
        .mapToDouble(i -> y[i])
        .filter(Double::isFinite)
        .findFirst()
        .orElse(Double.NaN);
  }

  /** At most {@code most} of the points, evenly chosen, the last among them. */
  Series thinned(int most) {
    int n = x.length;
    if (n <= most) {
      return this;
    }
    double[] fewX = new double[most];
    double[] fewY = new double[most];
    for (int i = 0; i < most; i++) {
      int at = (int) ((long) i * (n - 1) / (most - 1));
      fewX[i] = x[at];
      fewY[i] = y[at];
    }
    return new Series(name, role, fewX, fewY);
  }
}
