package org.lossbook.loss.adversarial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.lossbook.Lossbook.leastSquares;
import static org.lossbook.Lossbook.minimax;
import static org.lossbook.Lossbook.nonSaturating;
import static org.lossbook.Lossbook.vector;
import static org.lossbook.Lossbook.wasserstein;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.lossbook.loss.Loss;
import org.lossbook.loss.TrainingLoss;
import org.lossbook.loss.check.OutputActivation;

class AdversarialPairTest {
  private static final Offset<Double> FOUR_DIGITS = within(5e-5);
  private final double[] y = vector(1, 0);
  private final double[] z = vector(2, -1);
  private final double[] fake = vector(0);
  private final double[] score = vector(-1);

  @Test
  void eachSideHasALossOfItsOwn() {
    assertThat(minimax().discriminator().of(y, z)).isCloseTo(0.2201, FOUR_DIGITS);
    assertThat(minimax().generator().of(fake, score)).isCloseTo(-0.3133, FOUR_DIGITS);
    assertThat(nonSaturating().discriminator().of(y, z)).isCloseTo(0.2201, FOUR_DIGITS);
    assertThat(nonSaturating().generator().of(fake, score)).isCloseTo(1.3133, FOUR_DIGITS);
    assertThat(wasserstein().discriminator().of(y, z)).isEqualTo(-1.5);
    assertThat(wasserstein().generator().of(fake, score)).isEqualTo(1);
    assertThat(leastSquares().discriminator().of(y, vector(0.5, -1))).isEqualTo(0.3125);
    assertThat(leastSquares().generator().of(fake, score)).isEqualTo(2);
  }

  @Test
  void aPairShowsBothFormulas() {
    assertThat(wasserstein())
        .hasToString(
            "wassersteinGenerator: −1/n Σᵢ ŷᵢ\nwassersteinDiscriminator: 1/n Σᵢ (1 − 2yᵢ)·ŷᵢ");
    assertThat(wasserstein().mimeBundle().get("text/latex"))
        .startsWith("$$\\text{wassersteinGenerator} = ")
        .contains("$$\n$$\\text{wassersteinDiscriminator} = ");
  }

  @Test
  void theFormulasAreShort() {
    assertThat(minimax().discriminator())
        .hasToString("minimaxDiscriminator: −1/n Σᵢ (yᵢ·log σ(zᵢ) + (1 − yᵢ)·log σ(−zᵢ))");
    assertThat(minimax().discriminator().derivative()).hasToString("∂L/∂z = (σ(z) − y)/n");
    assertThat(minimax().generator().formula()).hasToString("L = 1/n Σᵢ log σ(−zᵢ)");
    assertThat(minimax().generator().derivative()).hasToString("∂L/∂z = −σ(z)/n");
    assertThat(nonSaturating().generator().formula()).hasToString("L = −1/n Σᵢ log σ(zᵢ)");
    assertThat(nonSaturating().generator().derivative()).hasToString("∂L/∂z = (σ(z) − 1)/n");
    assertThat(wasserstein().discriminator().formula()).hasToString("L = 1/n Σᵢ (1 − 2yᵢ)·ŷᵢ");
    assertThat(wasserstein().discriminator().derivative()).hasToString("∂L/∂ŷ = (1 − 2y)/n");
    assertThat(wasserstein().generator().formula()).hasToString("L = −1/n Σᵢ ŷᵢ");
    assertThat(wasserstein().generator().derivative()).hasToString("∂L/∂ŷ = −1/n");
    assertThat(leastSquares().discriminator().formula()).hasToString("L = 1/n Σᵢ (ŷᵢ − yᵢ)²/2");
    assertThat(leastSquares().discriminator().derivative()).hasToString("∂L/∂ŷ = (ŷ − y)/n");
    assertThat(leastSquares().generator().formula()).hasToString("L = 1/n Σᵢ (ŷᵢ − 1)²/2");
    assertThat(leastSquares().generator().derivative()).hasToString("∂L/∂ŷ = (ŷ − 1)/n");
  }

  @Test
  void theStepsEndInTheValue() {
    assertThat(wasserstein().discriminator().explain(y, z).toString())
        .contains("(1 − 2·1)·2 = (−1)·2")
        .endsWith("n = 2 samples  −1.5");
    assertThat(nonSaturating().generator().explain(fake, score).toString())
        .contains("−log σ(−1)  ")
        .endsWith("1.31326 nats");
  }

  @Test
  void aGeneratorDoesNotReadItsTruth() {
    for (AdversarialPair game : pairs()) {
      assertThat(game.generator().of(1, 0.3)).isEqualTo(game.generator().of(0, 0.3));
    }
  }

  @Test
  void everyLogitIsFinite() {
    for (AdversarialPair game : pairs()) {
      for (double far : vector(0, 1e-12, -1e-12, 40, -40, 1e4, -1e4)) {
        for (Loss side : new Loss[] {game.generator(), game.discriminator()}) {
          assertThat(side.of(0, far)).isFinite();
          assertThat(side.of(1, far)).isFinite();
          assertThat(side.gradient(0, far)).isFinite();
          assertThat(side.gradient(1, far)).isFinite();
        }
      }
    }
  }

  private static AdversarialPair[] pairs() {
    return new AdversarialPair[] {minimax(), nonSaturating(), wasserstein(), leastSquares()};
  }

  @Test
  void aSigmoidAtTheEndIsRefusedAndATruthThatIsNoneToo() {
    assertThat(
            new TrainingLoss(minimax().discriminator().sum())
                .refusal(new OutputActivation("sigmoid", 1, OutputActivation.Said.CALL)))
        .contains(
            "minimaxDiscriminator expects logits but the model ends in sigmoid, which has already turned them into probabilities: drop .sigmoid() from the last layer.");
    assertThat(
            new TrainingLoss(wasserstein().generator())
                .refusal(new OutputActivation("linear", 1, OutputActivation.Said.CALL)))
        .isEmpty();
    assertThatThrownBy(() -> leastSquares().discriminator().of(2, 0.5))
        .hasMessageContaining("expects probabilities between 0 and 1 in y but y[0] is 2");
  }
}
