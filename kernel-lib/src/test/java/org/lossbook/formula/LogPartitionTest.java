package org.lossbook.formula;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * log Z of Barron's loss beside an integral over x itself, which takes no advantage of its shape.
 */
class LogPartitionTest {

  @ParameterizedTest
  @ValueSource(doubles = {0, 1e-9, 0.001, 0.1, 0.5, 1, 1.5, 1.9, 1.99, 1.999, 2, 2.5, 4})
  void itIsTheLogarithmOfTheIntegralOfTheDensity(double alpha) {
    assertThat(LogPartition.value(alpha)).isCloseTo(Math.log(integral(alpha)), within(1e-11));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1e-9, 0.001, 0.1, 0.5, 1, 1.5, 1.9, 1.99, 1.999, 2.5, 4})
  void itsDerivativeMatchesFiniteDifferences(double alpha) {
    double h = 1e-5;
    double below = alpha < h ? 0 : alpha - h;
    double difference = LogPartition.value(alpha + h) - LogPartition.value(below);
    assertThat(LogPartition.derivative(alpha))
        .isCloseTo(difference / (alpha + h - below), within(1e-4));
  }

  @Test
  void itsSpecialCasesAreTheNormalAndTheCauchyDistribution() {
    assertThat(LogPartition.value(2)).isCloseTo(Math.log(2 * Math.PI) / 2, within(1e-15));
    assertThat(LogPartition.value(0)).isCloseTo(Math.log(Math.PI * Math.sqrt(2)), within(1e-13));
    assertThat(LogPartition.value(-1)).isInfinite();
    Expr alpha = Expr.parameter("α", "\\alpha", 1);
    Expr slope = alpha.logPartition().gradient(alpha);
    assertThat(slope).hasToString("(log Z)′(α), α = 1");
    assertThatThrownBy(() -> slope.gradient(alpha))
        .hasMessageContaining("log Z is differentiated once only");
  }

  /** Simpson's rule over s, where x = sinh s reaches far enough for Cauchy's tail. */
  private static double integral(double alpha) {
    int n = 400_000;
    double step = 40.0 / n;
    double sum = 1;
    for (int i = 1; i < n; i++) {
      double s = i * step;
      sum += (i % 2 == 0 ? 2 : 4) * Math.exp(-loss(Math.sinh(s), alpha)) * Math.cosh(s);
    }
    return 2 * sum * step / 3;
  }

  private static double loss(double x, double alpha) {
    double b = Math.abs(alpha - 2);
    return alpha == 2
        ? x * x / 2
        : alpha == 0
            ? Math.log1p(x * x / 2)
            : b / alpha * Math.expm1(alpha / 2 * Math.log1p(x * x / b));
  }
}
