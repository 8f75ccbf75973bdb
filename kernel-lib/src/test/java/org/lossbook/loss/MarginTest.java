package org.lossbook.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.lossbook.Lossbook.binaryCrossentropy;
import static org.lossbook.Lossbook.categoricalHinge;
import static org.lossbook.Lossbook.hinge;
import static org.lossbook.Lossbook.logistic;
import static org.lossbook.Lossbook.squaredHinge;
import static org.lossbook.Lossbook.vector;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class MarginTest {
  private static final Offset<Double> CLOSE = within(1e-12);

  @Test
  void labelsOfZeroAndOneStandForMinusOneAndOne() {
    assertThat(hinge().of(vector(1, -1), vector(0.5, 0.2))).isCloseTo(0.85, CLOSE);
    assertThat(hinge().of(vector(1, 0), vector(0.5, 0.2))).isCloseTo(0.85, CLOSE);
    assertThat(hinge().gradient(vector(1, 0), vector(0.5, 0.2))).containsExactly(-0.5, 0.5);
    assertThat(hinge().gradient(vector(1, -1), vector(3, -1))).containsExactly(0, 0.25);
    assertThat(squaredHinge().of(vector(1, -1), vector(0.5, 0.2))).isCloseTo(0.845, CLOSE);
    assertThat(logistic().of(vector(1, -1), vector(2, 0.5))).isCloseTo(0.550502, within(5e-7));
    double[] z = vector(2, 0.5, -30, 1e4);
    assertThat(logistic().of(vector(1, 0, 0, 1), z))
        .isCloseTo(binaryCrossentropy().fromLogits().of(vector(1, 0, 0, 1), z), CLOSE);
  }

  @Test
  void theTrueClassHasToLeadByOneAndToReachOne() {
    double[] label = vector(0, 1, 0);
    assertThat(categoricalHinge().of(label, vector(0.5, 1.2, 0.6))).isCloseTo(0.4, CLOSE);
    assertThat(categoricalHinge().gradient(label, vector(0.5, 1.2, 0.6))).containsExactly(0, -1, 1);
    assertThat(categoricalHinge().of(label, vector(-9, 0.3, -9))).isCloseTo(0.7, CLOSE);
    assertThat(categoricalHinge().gradient(label, vector(0.6, 1.2, 0.6)))
        .containsExactly(0.5, -1, 0.5);
    assertThat(categoricalHinge().gradient(label, vector(0, 2, 1))).containsExactly(0, -0.5, 0.5);
  }

  @Test
  void theyAreWrittenAsATextbookWritesThem() {
    String side = ", ỹ = (−1 if y = 0, else y)";
    assertThat(hinge()).hasToString("hinge: 1/n Σᵢ max(1 − ỹᵢ·ŷᵢ, 0)" + side);
    assertThat(hinge().derivative()).hasToString("∂L/∂ŷ = −ỹ·1[ỹ·ŷ < 1]/n" + side);
    assertThat(squaredHinge()).hasToString("squaredHinge: 1/n Σᵢ max(1 − ỹᵢ·ŷᵢ, 0)²" + side);
    assertThat(squaredHinge().derivative()).hasToString("∂L/∂ŷ = −2ỹ·max(1 − ỹ·ŷ, 0)/n" + side);
    assertThat(logistic()).hasToString("logistic: 1/n Σᵢ log(1 + exp(−ỹᵢ·ŷᵢ))" + side);
    assertThat(logistic().derivative()).hasToString("∂L/∂ŷ = ỹ·(σ(ỹ·ŷ) − 1)/n" + side);
    String named = ", r = maxₖ((1 − yₖ)·ŷₖ), t = Σₖ yₖ·ŷₖ";
    assertThat(categoricalHinge())
        .hasToString("categoricalHinge: 1/n Σᵢ max(rᵢ − tᵢ + 1, 0)" + named);
    assertThat(categoricalHinge().derivative())
        .hasToString("∂L/∂ŷ = ((1 − y)·1[k = argmax(ŷ·(1 − y))] − y)·1[r + 1 > t]/n" + named);
  }

  @Test
  void theStepsSayWhatBecomesOfALabelOfZero() {
    assertThat(hinge().explain(vector(1, 0), vector(0.5, 0.2)).toString())
        .contains(
            "2  0  0.2  max(1 − (−1)·0.2, 0) = max(1.2, 0)  1.2", "ỹ = (−1 if y = 0, else y)");
    assertThat(squaredHinge().explain(vector(1), vector(0.5)).toString())
        .contains("max(1 − 1·0.5, 0)² = 0.5²");
    assertThat(logistic().explain(vector(-1), vector(0.5)).toString())
        .contains("log(1 + exp(−(−1)·0.5)) = log(1 + exp(0.5))")
        .endsWith("0.974077 nats");
    assertThat(categoricalHinge().explain(vector(0, 1, 0), vector(0.5, 1.2, 0.6)).toString())
        .contains("max(0.6 − 1.2 + 1, 0) = max(0.4, 0)");
  }

  @Test
  void otherLabelsAreRefused() {
    for (Loss loss : List.of(hinge(), squaredHinge(), logistic())) {
      assertThatThrownBy(() -> loss.of(vector(1, 2), vector(1, 1)))
          .hasMessage(
              loss.name()
                  + " expects labels −1 and +1, or 0 and 1, in y but y[1] is 2: encode no as −1 and yes as 1.");
      assertThatThrownBy(() -> loss.of(vector(-1, 1, 0), vector(1, 1, 1)))
          .hasMessageContaining("but y[2] is 0 after a -1:");
    }
    assertThatThrownBy(() -> categoricalHinge().of(vector(3, 1, 0), vector(1, 1, 1)))
        .hasMessageContaining("categoricalHinge expects 1 for the true class and 0 or −1");
  }
}
