package org.lossbook.plot;

import java.util.stream.DoubleStream;
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
  /** Beyond this, XChart looks for places of ticks without an end. */
  private static final double LARGEST = 1e15;

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

  /** A straight line over 0 to 1, of so many points that none has a dot. */
  static Series straight(String name, Role role, double from, double to) {
    double[] x = IntStream.rangeClosed(0, 40).mapToDouble(i -> i / 40.0).toArray();
    return new Series(name, role, x, DoubleStream.of(x).map(v -> from + v * (to - from)).toArray());
  }

  /** The same, with NaN for every y that an axis cannot show. */
  Series showing(boolean logarithmic) {
    double[] shown = y.clone();
    for (int i = 0; i < shown.length; i++) {
      boolean tooLarge = !logarithmic && Math.abs(shown[i]) > LARGEST;
      if (!Double.isFinite(shown[i]) || tooLarge || (logarithmic && shown[i] <= 0)) {
        shown[i] = Double.NaN;
      }
    }
    return new Series(name, role, x, shown);
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
