package org.lossbook.numerics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/** The vectorised functions beside StrictMath's: wide grids, and the ends of the range. */
class ElementaryTest {
  private static final double INF = Double.POSITIVE_INFINITY;
  private static final double TINY = Double.MIN_VALUE;
  private static final double HUGE = Double.MAX_VALUE;

  @FunctionalInterface
  private interface Loop {
    void run(double[] a, double[] scratch, double[] out, int n);
  }

  private static double[] results(Loop loop, double... a) {
    double[] out = new double[a.length];
    loop.run(a, new double[a.length], out, a.length);
    return out;
  }

  /** Evenly spread, and small numbers down to 10⁻³⁰⁰ of both signs. */
  private static double[] grid(double low, double high) {
    Random random = new Random(5);
    DoubleStream even = DoubleStream.iterate(low, x -> x <= high, x -> x + (high - low) / 40_000);
    DoubleStream small =
        random
            .doubles(10_000, -300, 0)
            .map(e -> (random.nextBoolean() ? 1 : -1) * Math.pow(10, e))
            .filter(x -> x >= low && x <= high);
    return DoubleStream.concat(even, small).toArray();
  }

  private static void agree(Loop loop, DoubleUnaryOperator exact, double low, double high) {
    double[] a = grid(low, high);
    double[] out = results(loop, a);
    for (int i = 0; i < a.length; i++) {
      double expected = exact.applyAsDouble(a[i]);
      assertThat(Math.abs(out[i] - expected) / Math.ulp(expected))
          .as("%s where %s is expected, at %s", out[i], expected, a[i])
          .isLessThanOrEqualTo(4);
    }
  }

  @Test
  void exponentialsAreRightToAFewUnitsInTheLastPlace() {
    agree(Elementary::exp, StrictMath::exp, -2, 2);
    agree(Elementary::exp, StrictMath::exp, -708, 709.78);
    agree(Elementary::decay, x -> StrictMath.exp(-Math.abs(x)), -3, 3);
    agree(Elementary::decay, x -> StrictMath.exp(-Math.abs(x)), -708, 708);
  }

  @Test
  void hyperbolicTangentsAndLogarithmsKeepTheirDigitsNearZero() {
    agree(Elementary::tanh, StrictMath::tanh, -1, 1);
    agree(Elementary::tanh, StrictMath::tanh, -30, 30);
    agree((a, s, out, n) -> Elementary.log1p(a, out, n), StrictMath::log1p, -0.999, 3);
    agree((a, s, out, n) -> Elementary.log1p(a, out, n), StrictMath::log1p, 0, 1e20);
    agree((a, s, out, n) -> Elementary.log1pOfFraction(a, out, n), StrictMath::log1p, 0, 1);
  }

  @Test
  void sigmoidsAreRightOnBothSides() {
    Loop sigmoid =
        (a, scratch, out, n) -> {
          double[] decay = new double[n];
          Elementary.decay(a, scratch, decay, n);
          Elementary.sigmoid(a, decay, out, n);
        };
    agree(
        sigmoid,
        x -> x >= 0 ? 1 / (1 + StrictMath.exp(-x)) : StrictMath.exp(x) / (1 + StrictMath.exp(x)),
        -700,
        700);
    assertThat(results(sigmoid, 0, -0.0, INF, -INF, 1e4, -1e4, TINY, -TINY))
        .containsExactly(0.5, 0.5, 1, 0, 1, 0, 0.5, 0.5);
    assertThat(results(sigmoid, Double.NaN)).containsExactly(Double.NaN);
  }

  @Test
  void theEndsOfTheRangeHaveTheirLimits() {
    assertThat(results(Elementary::exp, 0, -0.0, TINY, INF, -INF, HUGE, -HUGE, 709.79, -708.1))
        .containsExactly(1, 1, 1, INF, 0, INF, 0, INF, 0);
    assertThat(results(Elementary::decay, 0, -0.0, TINY, INF, -INF, HUGE, -HUGE, 1e4))
        .containsExactly(1, 1, 1, 0, 0, 0, 0, 0);
    assertThat(results(Elementary::tanh, 0, TINY, -TINY, INF, -INF, HUGE, -HUGE, 19.5))
        .containsExactly(0, TINY, -TINY, 1, -1, 1, -1, 1);
    Loop log1p = (a, scratch, out, n) -> Elementary.log1p(a, out, n);
    assertThat(results(log1p, 0, TINY, -TINY, INF, -1)).containsExactly(0, TINY, -TINY, INF, -INF);
    assertThat(results(log1p, HUGE)).containsExactly(StrictMath.log1p(HUGE));
    assertThat(results(log1p, -1.5, -INF, Double.NaN)).containsOnly(Double.NaN);
    Loop fraction = (a, scratch, out, n) -> Elementary.log1pOfFraction(a, out, n);
    assertThat(results(fraction, 0, 1e-300, 1)).containsExactly(0, 1e-300, Math.log(2));
    for (Loop loop : new Loop[] {Elementary::exp, Elementary::decay, Elementary::tanh, fraction}) {
      assertThat(results(loop, Double.NaN)).containsExactly(Double.NaN);
    }
  }

  /** A loop's vectors and what is left over behind them are compiled apart. */
  @Test
  void whatAnElementIsDoesNotDependOnItsNeighbours() {
    double[] a = new Random(6).doubles(67, -20, 20).toArray();
    for (int warm = 0; warm < 20_000; warm++) {
      results(Elementary::exp, a);
    }
    double[] together = results(Elementary::exp, a);
    for (int i = 0; i < a.length; i++) {
      assertThat(results(Elementary::exp, a[i])).containsExactly(together[i]);
    }
  }
}
