package org.lossbook.loss.pairwise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.lossbook.Lossbook.contrastive;
import static org.lossbook.Lossbook.vector;

import org.junit.jupiter.api.Test;

class ContrastiveTest {
  private final double[] y = vector(1, 0);
  private final double[] distance = vector(0.5, 0.2);

  @Test
  void theSameIsDrawnTogetherAndTheDifferentPushedApartAsFarAsTheMargin() {
    assertThat(contrastive(1).of(y, distance)).isCloseTo(0.445, within(1e-15));
    assertThat(contrastive(1).gradient(y, distance))
        .containsExactly(new double[] {0.5, -0.8}, within(1e-15));
    assertThat(contrastive(2).of(0, 2.5)).isZero();
    assertThat(contrastive(2).gradient(0, 2.5)).isZero();
  }

  @Test
  void itsFormulaAndItsStepsAreShort() {
    assertThat(contrastive(1.5))
        .hasToString("contrastive: 1/n Σᵢ (yᵢ·ŷᵢ² + (1 − yᵢ)·max(m − ŷᵢ, 0)²), m = 1.5");
    assertThat(contrastive().derivative())
        .hasToString("∂L/∂ŷ = 2((y − 1)·max(m − ŷ, 0) + y·ŷ)/n, m = 1");
    assertThat(contrastive().explain(y, distance).toString())
        .contains("0·0.2² + (1 − 0)·max(1 − 0.2, 0)² = 0 + 0.64")
        .endsWith("0.445");
  }

  @Test
  void aDistanceBelowZeroAndAMarginOfNothingAreRefused() {
    assertThatThrownBy(() -> contrastive().of(1, -0.5))
        .hasMessageContaining("contrastive expects numbers of 0 or more in ŷ but ŷ[0] is -0.5");
    assertThatThrownBy(() -> contrastive(0))
        .hasMessageContaining("contrastive expects margin above 0");
    assertThatThrownBy(() -> contrastive().of(3, 1)).hasMessageContaining("y[0] is 3");
  }
}
