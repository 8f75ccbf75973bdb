package org.lossbook.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.lossbook.Lossbook.binaryCrossentropy;
import static org.lossbook.Lossbook.binaryFocalCrossentropy;
import static org.lossbook.Lossbook.categoricalCrossentropy;
import static org.lossbook.Lossbook.categoricalFocalCrossentropy;
import static org.lossbook.Lossbook.categoricalGeneralizedCrossEntropy;
import static org.lossbook.Lossbook.learned;
import static org.lossbook.Lossbook.matrix;
import static org.lossbook.Lossbook.row;
import static org.lossbook.Lossbook.vector;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.lossbook.loss.spec.Setting;

class FocalCrossentropyTest {
  private static final Offset<Double> CLOSE = within(1e-12);
  private static final Offset<Double> FOUR_DIGITS = within(5e-5);
  private final double[] y = vector(1, 0);
  private final double[] p = vector(0.9, 0.6);

  @Test
  void whatIsAnsweredWellCountsLess() {
    assertThat(binaryFocalCrossentropy().of(y, p)).isCloseTo(0.1655, FOUR_DIGITS);
    assertThat(binaryCrossentropy().of(y, p)).isCloseTo(0.5108, FOUR_DIGITS);
    assertThat(categoricalFocalCrossentropy().of(vector(1, 0, 0), vector(0.5, 0.3, 0.2)))
        .isCloseTo(0.0433, FOUR_DIGITS);
  }

  @Test
  void withoutFocusItIsCrossEntropy() {
    assertThat(binaryFocalCrossentropy().gamma(0).of(y, p))
        .isCloseTo(binaryCrossentropy().of(y, p), CLOSE);
    assertThat(binaryFocalCrossentropy().gamma(0).bits().labelSmoothing(0.1).gradient(y, p))
        .containsExactly(binaryCrossentropy().bits().labelSmoothing(0.1).gradient(y, p), CLOSE);
    assertThat(categoricalFocalCrossentropy().gamma(0).alpha(1).of(y, vector(0.9, 0.1)))
        .isCloseTo(categoricalCrossentropy().of(y, vector(0.9, 0.1)), CLOSE);
  }

  @Test
  void balancingWeighsYesAndNo() {
    Loss balanced = binaryFocalCrossentropy().classBalancing().alpha(0.3);
    double yes = binaryFocalCrossentropy().of(1, 0.9);
    double no = binaryFocalCrossentropy().of(0, 0.6);
    assertThat(balanced.sum().of(y, p)).isCloseTo(0.3 * yes + 0.7 * no, CLOSE);
    assertThat(binaryFocalCrossentropy().settings())
        .extracting(Setting::name)
        .containsExactly("gamma");
    assertThat(balanced.settings()).extracting(Setting::name).containsExactly("gamma", "alpha");
  }

  @Test
  void theirFormulasAreThoseOfABook() {
    assertThat(binaryFocalCrossentropy().formula())
        .hasToString(
            "L = −1/n Σᵢ qᵢ^γ·(yᵢ·log(pᵢ) + (1 − yᵢ)·log(1 − pᵢ)), q = y·(1 − ŷ) + (1 − y)·ŷ, γ ="
                + " 2, ε = 1e-7, p = clip(ŷ, ε, 1 − ε)");
    assertThat(binaryFocalCrossentropy().derivative().text())
        .startsWith(
            "∂L/∂ŷ = (q^γ·((1 − y)/(1 − p) − y/p)·1[ε < ŷ < 1 − ε]"
                + " + γ·(y·log(p) + (1 − y)·log(1 − p))·q^(γ − 1)·(2y − 1))/n, ");
    assertThat(binaryFocalCrossentropy().classBalancing().formula().latex())
        .contains("\\alpha_{t,i} q_{i}^{\\gamma}", "\\alpha_t = y \\alpha + ");
    assertThat(categoricalFocalCrossentropy().formula())
        .hasToString(
            "L = −1/n Σᵢ Σₖ α·(1 − pᵢₖ)^γ·yᵢₖ·log(pᵢₖ), α = 0.25, ε = 1e-7, p = clip(ŷ, ε, 1 − ε),"
                + " γ = 2");
    assertThat(categoricalFocalCrossentropy().derivative().text())
        .startsWith("∂L/∂ŷ = α·y·(γ·log(p)·(1 − p)^(γ − 1) − (1 − p)^γ/p)·1[ε < ŷ < 1 − ε]/n, ");
  }

  @Test
  void theStepsShowWhatTheFocusLeaves() {
    assertThat(binaryFocalCrossentropy().explain(y, p).toString())
        .contains("−0.1^2·(1·log(0.9) + (1 − 1)·log(1 − 0.9)) = −0.01·(−0.105361)")
        .endsWith("0.165459 nats");
  }

  @Test
  void aFinalActivationIsJoinedAndEveryLogitIsFinite() {
    Loss binary = new TrainingLoss(binaryFocalCrossentropy().gamma(0.5)).fusedWith("sigmoid").get();
    Loss categorical =
        new TrainingLoss(categoricalFocalCrossentropy().gamma(0.5)).fusedWith("softmax").get();
    Loss generalized =
        new TrainingLoss(categoricalGeneralizedCrossEntropy(0.3)).fusedWith("softmax").get();
    assertThat(binary.of(1, 0)).isCloseTo(binaryFocalCrossentropy().gamma(0.5).of(1, 0.5), CLOSE);
    for (double z : vector(0, 1e-12, 1, 17, 40, 750, 1e4, 1e300)) {
      for (double logit : vector(z, -z)) {
        for (double truth : vector(0, 1)) {
          assertThat(binary.of(truth, logit)).isFinite();
          assertThat(binary.gradient(truth, logit)).isFinite();
        }
        double[] row = vector(logit, 0, -logit);
        assertThat(categorical.of(vector(1, 0, 0), row)).isFinite();
        assertFinite(categorical.gradient(vector(0, 1, 0), row));
        assertThat(generalized.of(vector(0), matrix(row))).isBetween(0.0, 1 / 0.3);
        assertFinite(generalized.gradient(vector(0), matrix(row))[0]);
      }
    }
  }

  /** Where the answer is right q is 0, and so is the slope of q^γ log p, whatever γ. */
  @Test
  void whatIsAnsweredRightDoesNotPullWhereTheFocusIsBelowOne() {
    for (double gamma : vector(0.001, 0.1, 0.5, 0.9, 0.999)) {
      BinaryFocalCrossentropy fixed = binaryFocalCrossentropy().gamma(gamma);
      for (Loss focal : new Loss[] {fixed, fixed.gamma(learned(gamma)), fixed.classBalancing()}) {
        assertThat(focal.gradient(vector(0, 1), vector(0, 0))[0]).isZero();
        assertThat(focal.gradient(vector(1, 0), vector(1, 1))[0]).isZero();
        for (double almost : vector(1e-300, 1e-45, 1e-30, 1e-12, 1e-8)) {
          assertThat(focal.gradient(0, almost)).isBetween(0.0, 2 * almost / 1e-7);
        }
        assertThat(focal.gradient(1, 0)).isBetween(-17.0, 0.0);
      }
    }
    assertThat(binaryFocalCrossentropy().gamma(0.5).gradient(vector(0, 1), vector(0, 0)))
        .containsExactly(vector(0, -0.25 * Math.log(1e7)), CLOSE);
  }

  @Test
  void aGeneralizedCrossEntropyHasAFiniteSlopeAtAProbabilityOfZero() {
    for (double q : vector(0.001, 0.3, 0.5, 0.999)) {
      Loss fixed = categoricalGeneralizedCrossEntropy(q);
      for (Loss loss : new Loss[] {fixed, categoricalGeneralizedCrossEntropy().q(learned(q))}) {
        assertThat(loss.gradient(vector(1), matrix(row(1, 0)))[0]).containsExactly(0, 0);
        double slope = loss.gradient(vector(1), matrix(row(1, 1e-30)))[0][1];
        assertThat(slope).isCloseTo(-Math.pow(1e-30, q - 1), within(1e-9 * Math.abs(slope)));
        assertThat(loss.gradient(vector(1), matrix(row(1, 1e-300)))[0][1]).isBetween(-1e38, 0.0);
      }
    }
  }

  private static void assertFinite(double[] numbers) {
    for (double number : numbers) {
      assertThat(number).isFinite();
    }
  }

  @Test
  void aGeneralizedCrossEntropyStandsBetweenTheAbsoluteErrorAndTheLogarithm() {
    double[][] row = matrix(row(0.19, 0.81));
    assertThat(categoricalGeneralizedCrossEntropy().of(vector(1), row)).isCloseTo(0.2, CLOSE);
    assertThat(categoricalGeneralizedCrossEntropy(1 - 1e-9).of(vector(1), row))
        .isCloseTo(0.19, within(1e-7));
    assertThat(categoricalGeneralizedCrossEntropy(1e-9).of(vector(1), row))
        .isCloseTo(-Math.log(0.81), within(1e-6));
    assertThat(categoricalGeneralizedCrossEntropy())
        .hasToString("categoricalGeneralizedCrossEntropy: 1/n Σᵢ (1 − ŷ[i, yᵢ]^q)/q, q = 0.5");
    assertThat(categoricalGeneralizedCrossEntropy().derivative())
        .hasToString("∂L/∂ŷ = −ŷ[y]^(q − 1)·1[k = y]/n, q = 0.5");
    assertThat(categoricalGeneralizedCrossEntropy().fromLogits().derivative())
        .hasToString("∂L/∂z = exp(q·log softmax(z)[y])·(softmax(z) − 1[k = y])/n, q = 0.5");
    assertThat(categoricalGeneralizedCrossEntropy().explain(vector(1), row).toString())
        .contains("(1 − 0.81^0.5)/0.5");
  }

  @Test
  void settingsOutOfBoundsAreRefused() {
    assertThatThrownBy(() -> binaryFocalCrossentropy().gamma(-1))
        .hasMessage(
            "binaryFocalCrossentropy expects gamma of 0 or more but receives -1.0:"
                + " its formula has no meaning for others.");
    assertThatThrownBy(() -> categoricalFocalCrossentropy().alpha(0))
        .hasMessageContaining("alpha above 0 but receives 0.0");
    assertThatThrownBy(() -> categoricalGeneralizedCrossEntropy(1))
        .hasMessageContaining("q between 0 and 1 but receives 1.0");
    assertThatThrownBy(() -> binaryFocalCrossentropy().of(1, 1.5))
        .hasMessageContaining(
            "ŷ[0] is 1.5: divide percentages by 100, or add .fromLogits() if these are logits.");
    assertThatThrownBy(() -> categoricalGeneralizedCrossEntropy().of(vector(2), matrix(row(1, 0))))
        .hasMessageContaining("expects labels 0 to 1 for 2 classes but y[0] is 2:");
    assertThat(binaryFocalCrossentropy().gamma(learned(1)).settings().get(0).varying()).isPresent();
  }
}
