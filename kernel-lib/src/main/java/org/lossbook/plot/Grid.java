package org.lossbook.plot;

import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.lossbook.base.Messages;
import org.lossbook.config.Require;
import org.lossbook.notebook.InterruptedWork;
import org.lossbook.plot.canvas.NumberText;
import org.lossbook.plot.canvas.Ticks;

/**
 * A function of two variables sampled on a grid, for {@link Contour} and {@link Surface}.
 *
 * @param x the columns, in increasing order
 * @param y the rows, in increasing order
 * @param z {@code z[j][i]} is the value at {@code x[i]} and {@code y[j]}; NaN and infinity are
 *     holes
 */
public record Grid(double[] x, double[] y, double[][] z) {
  private static final int MOST = 1000;

  /**
   * Copies the arrays.
   *
   * @throws IllegalArgumentException where the grid has fewer than two rows or columns, is not
   *     increasing, or lacks a number for a row and column
   */
  public Grid {
    x = rising("x", x);
    y = rising("y", y);
    z = Arrays.stream(z).map(double[]::clone).toArray(double[][]::new);
    int columns = x.length;
    if (z.length != y.length || Arrays.stream(z).anyMatch(row -> row.length != columns)) {
      throw Messages.wrong(
          "A grid expects a row of z for each y and a number in it for each x but receives %d x, %d y and z with %d rows: z[j][i] is the value at x[i] and y[j].",
          columns, y.length, z.length);
    }
  }

  /** The function at {@code n} × {@code n} evenly spaced points between the bounds. */
  public static Grid of(
      DoubleBinaryOperator f, double fromX, double toX, double fromY, double toY, int n) {
    Require.given(f, "grid", "a function of two numbers", "(a, b) -> a * a + b * b is one");
    double[] x = even(fromX, toX, n);
    double[] y = even(fromY, toY, n);
    double[][] z =
        DoubleStream.of(y)
            .mapToObj(v -> DoubleStream.of(x).map(u -> asked(f, u, v, n)).toArray())
            .toArray(double[][]::new);
    return new Grid(x, y, z);
  }

  private static double asked(DoubleBinaryOperator f, double x, double y, int n) {
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedWork(
          Messages.of("contour was interrupted before its %d × %d points were computed.", n, n));
    }
    return f.applyAsDouble(x, y);
  }

  /** {@code n} evenly spaced numbers from one to another. */
  public static double[] even(double from, double to, int n) {
    if (n < 2 || n > MOST) {
      throw Messages.wrong(
          "A grid expects 2 to %,d points per side but receives %,d: a picture has 640 pixels.",
          MOST, n);
    }
    return IntStream.range(0, n).mapToDouble(i -> from + (to - from) * i / (n - 1.0)).toArray();
  }

  private static double[] rising(String name, double[] places) {
    double[] copy = places.clone();
    boolean rises = copy.length > 1;
    for (int i = 1; i < copy.length; i++) {
      rises &= copy[i] > copy[i - 1] && Double.isFinite(copy[i] - copy[i - 1]);
    }
    if (!rises) {
      throw Messages.wrong(
          "A grid expects at least two increasing numbers for %s but receives %s: give its points from lowest to highest.",
          name, copy.length > 8 ? copy.length + " numbers" : Arrays.toString(copy));
    }
    return copy;
  }

  /** Its finite values. */
  DoubleStream finite() {
    return Arrays.stream(z).flatMapToDouble(Arrays::stream).filter(Double::isFinite);
  }

  /** The bounds of the horizontal axis. */
  double width() {
    return x[x.length - 1] - x[0];
  }

  double height() {
    return y[y.length - 1] - y[0];
  }

  /** {@code loss over a from −1 to 1 and b from −1 to 1: 0.0210 to 5.300, least at (0, 0).} */
  String sentence(String xLabel, String yLabel, String zLabel) {
    String over =
        Messages.of(
            "%s over %s from %s to %s and %s from %s to %s",
            zLabel,
            xLabel,
            Ticks.text(x[0]),
            Ticks.text(x[x.length - 1]),
            yLabel,
            Ticks.text(y[0]),
            Ticks.text(y[y.length - 1]));
    var range = finite().summaryStatistics();
    if (range.getCount() == 0) {
      return over + ": no number anywhere.";
    }
    int least = 0;
    for (int i = 1; i < x.length * y.length; i++) {
      least = at(i) < at(least) || Double.isNaN(at(least)) ? i : least;
    }
    long holes = (long) x.length * y.length - range.getCount();
    return Messages.of(
        "%s: %s to %s, least at %s%s.",
        over,
        NumberText.text(range.getMin()),
        NumberText.text(range.getMax()),
        place(x[least % x.length], y[least / x.length]),
        holes == 0 ? "" : Messages.of(", no number at %s places", NumberText.count(holes)));
  }

  private double at(int i) {
    double value = z[i / x.length][i % x.length];
    return Double.isFinite(value) ? value : Double.NaN;
  }

  static String place(double x, double y) {
    return Messages.of("(%s, %s)", NumberText.text(x), NumberText.text(y));
  }
}
