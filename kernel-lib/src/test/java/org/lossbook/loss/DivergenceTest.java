package org.lossbook.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.lossbook.Lossbook.categoricalCrossentropy;
import static org.lossbook.Lossbook.jensenShannon;
import static org.lossbook.Lossbook.klDivergence;
import static org.lossbook.Lossbook.matrix;
import static org.lossbook.Lossbook.row;
import static org.lossbook.Lossbook.vector;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class DivergenceTest {
  private static final Offset<Double> CLOSE = within(1e-12);
  private final double[] y = vector(0.5, 0.5);
  private final double[] p = vector(0.9, 0.1);

  @Test
  void aVectorIsOneDistribution() {
    assertThat(klDivergence().of(y, p)).isCloseTo(0.510826, within(5e-7));
    assertThat(klDivergence().bits().of(y, p)).isCloseTo(0.736966, within(5e-7));
    assertThat(klDivergence().base(10).of(y, p)).isCloseTo(0.510826 / Math.log(10), within(5e-7));
    assertThat(jensenShannon().of(y, p)).isCloseTo(0.101749, within(5e-7));
    assertThat(jensenShannon().bits().of(vector(1, 0), vector(0, 1))).isCloseTo(1, CLOSE);
    assertThat(klDivergence().perSample(matrix(y, p), matrix(p, p))).hasSize(2);
  }

  @Test
  void klDivergenceIsTheCrossEntropyLessTheTruthsOwn() {
    assertThat(klDivergence().of(y, p))
        .isCloseTo(categoricalCrossentropy().of(y, p) - categoricalCrossentropy().of(y, y), CLOSE);
    assertThat(klDivergence().gradient(y, p))
        .containsExactly(categoricalCrossentropy().gradient(y, p), CLOSE);
    assertThat(klDivergence().of(vector(1, 0), vector(0, 1)))
        .isCloseTo(-Math.log(1e-7) * (1 - 1e-7), CLOSE);
  }

  @Test
  void jensenShannonIsTheSameBothWaysAndTheMeanOfTwoDivergences() {
    double[] middle = vector(0.7, 0.3);
    assertThat(jensenShannon().of(p, y)).isCloseTo(jensenShannon().of(y, p), CLOSE);
    assertThat(jensenShannon().of(y, p))
        .isCloseTo((klDivergence().of(y, middle) + klDivergence().of(p, middle)) / 2, CLOSE);
    assertThat(jensenShannon().of(p, p)).isZero();
    assertThat(jensenShannon().gradient(vector(1, 0), vector(0, 1))).doesNotContain(Double.NaN);
    assertThat(jensenShannon().gradient(vector(1, 0), vector(1, 0))).containsExactly(0, 0);
  }

  @Test
  void countsAreToBecomeShares() {
    assertThatThrownBy(() -> klDivergence().of(vector(5, 3), y))
        .hasMessageContaining("y[0][0] is 5: divide counts by the sum of their row.");
  }

  @Test
  void theyAreWrittenAsATextbookWritesThem() {
    assertThat(klDivergence())
        .hasToString(
            "klDivergence: 1/n Σᵢ Σₖ ỹᵢₖ·log(ỹᵢₖ/pᵢₖ), ε = 1e-7, ỹ = min(max(y, ε), 1), p = min(max(ŷ, ε), 1)");
    assertThat(klDivergence().bits().derivative().toString())
        .startsWith("∂L/∂ŷ = −ỹ·1[ŷ < 1]·1[ŷ > ε]/(n·p·ln 2)");
    assertThat(jensenShannon())
        .hasToString(
            "jensenShannon: 1/n Σᵢ ((Σₖ yᵢₖ·log(yᵢₖ) + Σₖ ŷᵢₖ·log(ŷᵢₖ))/2 − Σₖ mᵢₖ·log(mᵢₖ)),"
                + " m = (y + ŷ)/2");
    assertThat(jensenShannon().derivative())
        .hasToString("∂L/∂ŷ = (log(ŷ) − log(m))/(2n), m = (y + ŷ)/2");
    assertThat(klDivergence().bits().explain(y, p).toString())
        .contains("0.5·log₂(0.5/0.9) + 0.5·log₂(0.5/0.1) = −0.423998 + 1.16096")
        .endsWith("0.736966 bits");
    assertThat(jensenShannon().explain(y, p).toString())
        .contains(
            "(0.5·log(0.5) + 0.5·log(0.5) + 0.9·log(0.9) + 0.1·log(0.1))/2 − (0.7·log(0.7) +"
                + " 0.3·log(0.3))")
        .endsWith("0.101749 nats");
  }

  @Test
  void whatIsNoDistributionIsRefused() {
    assertThatThrownBy(() -> klDivergence().of(vector(0.5, 0.4), p))
        .hasMessageContaining("klDivergence expects probabilities that sum to one in each row of y")
        .hasMessageContaining("row 0 sums to 0.9");
    assertThatThrownBy(() -> jensenShannon().of(matrix(row(0.5, 0.5)), matrix(row(1.5, -0.5))))
        .hasMessageContaining(
            "jensenShannon expects probabilities between 0 and 1 in ŷ but ŷ[0][0]");
    assertThatThrownBy(() -> klDivergence().base(-1)).hasMessageContaining("base expects");
  }
}
