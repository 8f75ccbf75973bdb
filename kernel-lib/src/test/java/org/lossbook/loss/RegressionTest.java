package org.lossbook.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.lossbook.Lossbook.cosineSimilarity;
import static org.lossbook.Lossbook.gaussianNll;
import static org.lossbook.Lossbook.logCosh;
import static org.lossbook.Lossbook.mae;
import static org.lossbook.Lossbook.mape;
import static org.lossbook.Lossbook.matrix;
import static org.lossbook.Lossbook.meanAbsoluteError;
import static org.lossbook.Lossbook.meanAbsolutePercentageError;
import static org.lossbook.Lossbook.meanSquaredError;
import static org.lossbook.Lossbook.meanSquaredLogarithmicError;
import static org.lossbook.Lossbook.msle;
import static org.lossbook.Lossbook.poisson;
import static org.lossbook.Lossbook.quantile;
import static org.lossbook.Lossbook.rmse;
import static org.lossbook.Lossbook.rootMeanSquaredError;
import static org.lossbook.Lossbook.row;
import static org.lossbook.Lossbook.scheduled;
import static org.lossbook.Lossbook.vector;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** The losses of errors and of counts. */
class RegressionTest {
  private static final Offset<Double> CLOSE = within(1e-12);

  @Test
  void anErrorOfATenthIsTenPercentOfALargeNumberAndOfASmallOne() {
    assertThat(mape().of(vector(200, 50), vector(180, 55))).isCloseTo(10, CLOSE);
    assertThat(mape().gradient(vector(200, 50), vector(180, 55)))
        .containsExactly(vector(-0.25, 1), CLOSE);
    assertThat(mape().of(0, 1)).isCloseTo(1e9, within(1e-3));
    assertThat(mape()).hasToString("mape: 1/n Σᵢ 100|yᵢ − ŷᵢ|/max(|yᵢ|, ε), ε = 1e-7");
    assertThat(mape().derivative())
        .hasToString("∂L/∂ŷ = 100·sign(ŷ − y)/(n·max(|y|, ε)), ε = 1e-7");
    assertThat(mape().explain(vector(-200, 50), vector(-180, 55)).toString())
        .contains("100|−200 − (−180)|/200  ")
        .endsWith("divided by n = 2 samples   10 %");
  }

  @Test
  void halfTheTruthCostsWhatTwiceTheTruthDoes() {
    double square = Math.log(2) * Math.log(2);
    assertThat(msle().of(vector(3, 7), vector(7, 3))).isCloseTo(square, CLOSE);
    assertThat(msle().of(vector(3, 7), vector(7, 3))).isCloseTo(0.480453, within(5e-7));
    assertThat(msle().of(0, -5)).isZero();
    assertThat(msle().gradient(1, -5)).isZero();
    assertThat(msle())
        .hasToString("msle: 1/n Σᵢ (log(1 + max(yᵢ, ε)) − log(1 + max(ŷᵢ, ε)))², ε = 1e-7");
    assertThat(msle().derivative().toString())
        .startsWith("∂L/∂ŷ = 2(log(1 + max(ŷ, ε)) − log(1 + max(y, ε)))·1[ŷ > ε]");
    assertThat(msle().explain(vector(3), vector(7)).toString())
        .contains("(log(1 + 3) − log(1 + 7))² = (−0.693147)²");
  }

  @Test
  void logCoshIsASquareNearTheTruthAndALineFarFromIt() {
    assertThat(logCosh().of(vector(3, 5), vector(2.5, 8))).isCloseTo(1.21472, within(5e-6));
    assertThat(logCosh().gradient(vector(3, 5), vector(3, 8)))
        .containsExactly(vector(0, Math.tanh(3) / 2), CLOSE);
    assertThat(logCosh().of(0, 1e-8) / 1e-16).isCloseTo(0.5, CLOSE);
    assertThat(logCosh().of(0, 1e4)).isCloseTo(1e4 - Math.log(2), CLOSE);
    for (double x : vector(0.9999999, 1, 1.0000001)) {
      assertThat(logCosh().of(0, x)).isCloseTo(Math.log(Math.cosh(x)), within(1e-15));
    }
    assertThat(logCosh()).hasToString("logCosh: 1/n Σᵢ log cosh(ŷᵢ − yᵢ)");
    assertThat(logCosh().derivative()).hasToString("∂L/∂ŷ = tanh(ŷ − y)/n");
    assertThat(logCosh().explain(vector(3), vector(2.5)).toString())
        .contains("log cosh(2.5 − 3) = log cosh(−0.5)");
  }

  @Test
  void aQuantileIsWhereTooLowAndTooHighAreInBalance() {
    assertThat(quantile(0.9).of(vector(3, 3), vector(2, 4))).isCloseTo(0.5, CLOSE);
    assertThat(quantile(0.9).gradient(vector(3, 3), vector(2, 4)))
        .containsExactly(vector(-0.45, 0.05), CLOSE);
    assertThat(quantile(0.9).gradient(3, 3)).isCloseTo(-0.4, CLOSE);
    double[] sample = new double[99];
    java.util.Arrays.setAll(sample, i -> i + 1);
    double[] at = new double[99];
    java.util.Arrays.fill(at, 90);
    assertThat(java.util.Arrays.stream(quantile(0.9).gradient(sample, at)).sum())
        .isCloseTo(0, within(0.01));
    assertThat(quantile(0.5).of(vector(1, 2), vector(4, 1)))
        .isCloseTo(mae().of(vector(1, 2), vector(4, 1)) / 2, CLOSE);
    assertThat(quantile(0.9))
        .hasToString("quantile: 1/n Σᵢ (q·max(yᵢ − ŷᵢ, 0) + (1 − q)·max(ŷᵢ − yᵢ, 0)), q = 0.9");
    assertThat(quantile(0.9).derivative())
        .hasToString("∂L/∂ŷ = ((1 − q)·1[ŷ > y] − q·1[y > ŷ])/n, q = 0.9");
    assertThat(quantile(0.9).explain(vector(3), vector(2)).toString())
        .contains("0.9·max(3 − 2, 0) + (1 − 0.9)·max(2 − 3, 0) = 0.9 + 0");
    assertThat(quantile(0.5).q(scheduled(epoch -> 0.5 + epoch / 100.0)).settings().get(0).varying())
        .isPresent();
    for (double q : vector(0, 1, -0.1, Double.NaN)) {
      assertThatThrownBy(() -> quantile(q))
          .hasMessageStartingWith("quantile expects q between 0 and 1 but");
    }
  }

  @Test
  void theBestRateIsTheCount() {
    assertThat(poisson().of(vector(2, 0), vector(2, 1))).isCloseTo(0.806853, within(5e-7));
    assertThat(poisson().gradient(4, 4)).isCloseTo(0, within(1e-7));
    assertThat(poisson()).hasToString("poisson: 1/n Σᵢ (ŷᵢ − yᵢ·log(ŷᵢ + ε)), ε = 1e-7");
    assertThat(poisson().derivative()).hasToString("∂L/∂ŷ = (1 − y/(ŷ + ε))/n, ε = 1e-7");
    assertThat(poisson().explain(vector(2), vector(2)).toString())
        .contains("2 − 2·log(2 + 1e-7) = 2 − 1.38629");
    assertThatThrownBy(() -> poisson().of(vector(1, 2), vector(3, -1.5)))
        .hasMessage(
            "poisson expects numbers of 0 or more in ŷ but ŷ[1] is -1.5: end the model in softplus or relu.");
    assertThatThrownBy(() -> poisson().of(vector(1, -2), vector(3, 1)))
        .hasMessageContaining("poisson expects numbers of 0 or more in y but y[1] is -2:");
  }

  @Test
  void theRootIsTakenOnceOverTheWholeBatch() {
    assertThat(rmse().of(vector(3, 5), vector(2.5, 5.5))).isEqualTo(0.5);
    assertThat(rmse().gradient(vector(3, 5), vector(2.5, 5.5))).containsExactly(-0.5, 0.5);
    assertThat(rmse().of(matrix(row(1, 2), row(3, 4)), matrix(row(1, 1), row(3, 2))))
        .isCloseTo(Math.sqrt(1.25), CLOSE);
    assertThat(rmse().perSample(vector(1, 2), vector(4, 0))).containsExactly(3, 2);
    assertThat(rmse().sum().of(vector(0, 0), vector(3, 4))).isEqualTo(5);
    assertThat(rmse().gradient(vector(3, 5), vector(3, 5))).containsExactly(0, 0);
    assertThat(rmse()).hasToString("rmse: √(1/n Σᵢ (yᵢ − ŷᵢ)²)");
    assertThat(rmse().derivative()).hasToString("∂L/∂ŷ = (ŷ − y)/(n·√(1/n Σᵢ (yᵢ − ŷᵢ)²))");
    assertThat(rmse().explain(vector(3, 5), vector(2.5, 5.5)).toString())
        .endsWith(
            "sum                       0.5\n"
                + "           divided by n = 2 samples  0.25\n"
                + "           √(0.25)                   0.5");
  }

  @Test
  void asAMetricTheRootIsTakenAtTheEpochsEnd() {
    var tally = rmse().tally(1, 1);
    tally.add(new float[] {0, 0}, new float[] {3, 3}, null, 2);
    tally.add(new float[] {0}, new float[] {0}, null, 1);
    assertThat(tally.value()).isCloseTo(Math.sqrt(6), CLOSE);
  }

  @Test
  void anErrorWeighsLessWhereTheVarianceWasSaidToBeLarge() {
    double[][] said = matrix(row(2.5, 0), row(6, 1));
    assertThat(gaussianNll().of(vector(3, 5), said)).isCloseTo(0.404470, within(5e-7));
    double e = Math.exp(-1);
    double[][] slopes = gaussianNll().sum().gradient(vector(3, 5), said);
    assertThat(slopes[0]).containsExactly(vector(-0.5, 0.375), CLOSE);
    assertThat(slopes[1]).containsExactly(vector(e, (1 - e) / 2), CLOSE);
    assertThat(gaussianNll().of(vector(1), matrix(row(1, -1e4))))
        .isCloseTo(Math.log(1e-6) / 2, CLOSE);
    assertThat(gaussianNll().of(vector(1), matrix(row(1e4, 1e4)))).isEqualTo(5000);
    assertThat(gaussianNll())
        .hasToString(
            "gaussianNll: 1/n Σᵢ (sᵢ/2 + (yᵢ − μᵢ)²/(2·exp(sᵢ))), s = max(ŷ₁, log 10⁻⁶), μ = ŷ₀");
    assertThat(gaussianNll().derivative().toString())
        .startsWith("∂L/∂ŷ = ((μ − y)·1[k = 0]/exp(s) + (1 − (y − μ)²/exp(s))·");
    assertThat(gaussianNll().explain(vector(3, 5), said).toString())
        .contains("1/2 + (5 − 6)²/(2·exp(1)) = 1/2 + (−1)²/5.43656")
        .endsWith("0.40447 nats");
    assertThatThrownBy(() -> gaussianNll().of(vector(3), vector(1, 2, 3)))
        .hasMessage(
            "gaussianNll expects rows of two, a mean and the logarithm of a variance but receives"
                + " rows of 3: give each sample 2 numbers.");
    assertThatThrownBy(() -> gaussianNll().of(matrix(row(3, 4)), matrix(row(1, 2))))
        .hasMessageContaining("gaussianNll expects one number for each sample but receives rows");
  }

  @Test
  void onlyTheDirectionCountsForTheCosine() {
    assertThat(cosineSimilarity().of(vector(3, 4), vector(4, 3))).isCloseTo(-0.96, CLOSE);
    assertThat(cosineSimilarity().of(vector(3, 4), vector(30, 40))).isCloseTo(-1, CLOSE);
    assertThat(cosineSimilarity().of(vector(1, 0), vector(0, 5))).isZero();
    assertThat(cosineSimilarity().of(vector(1, 1), vector(-1e300, -1e300))).isCloseTo(1, CLOSE);
    assertThat(cosineSimilarity().of(vector(1, 1), vector(1e-3, 1e-3))).isCloseTo(-1, CLOSE);
    assertThat(cosineSimilarity().of(vector(1, 1), vector(0, 0))).isZero();
    assertThat(cosineSimilarity().gradient(vector(3, 4), vector(30, 40)))
        .containsExactly(vector(0, 0), CLOSE);
    assertThat(cosineSimilarity().toString())
        .startsWith("cosineSimilarity: −1/n Σᵢ Σₖ uᵢₖ·vᵢₖ")
        .contains("u = y/max(‖y‖, ε)", "v = ŷ/max(‖ŷ‖, ε)", "ε = 1e-7");
    assertThat(cosineSimilarity().formula().latex()).contains("\\lVert \\hat y \\rVert");
    assertThat(cosineSimilarity().explain(vector(3, 4), vector(4, 3)).toString())
        .contains("−(0.6·0.8 + 0.8·0.6) = −(0.48 + 0.48)");
  }

  @Test
  void kerassLongNamesAreTheShortOnesLosses() {
    double[][] y = matrix(row(3, 5), row(2, 1));
    double[][] p = matrix(row(2, 5.5), row(4, 1));
    assertThat(meanSquaredError().of(y, p)).isEqualTo((1 + 0.25 + 4) / 4);
    assertThat(meanAbsoluteError().of(y, p)).isEqualTo(3.5 / 4);
    assertThat(meanAbsolutePercentageError().of(y, p)).isCloseTo((100 / 3.0 + 10 + 100) / 4, CLOSE);
    assertThat(meanSquaredLogarithmicError().of(y, p)).isEqualTo(msle().of(y, p));
    assertThat(rootMeanSquaredError().of(y, p)).isCloseTo(Math.sqrt(5.25) / 2, CLOSE);
  }
}
