package org.lossbook.loss.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.lossbook.Lossbook.binaryCrossentropy;
import static org.lossbook.Lossbook.dice;
import static org.lossbook.Lossbook.matrix;
import static org.lossbook.Lossbook.tversky;
import static org.lossbook.Lossbook.vector;

import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.lossbook.loss.Loss;
import org.lossbook.loss.TrainingLoss;
import org.lossbook.loss.check.OutputActivation;

class OverlapTest {
  private static final Offset<Double> FOUR_DIGITS = within(5e-5);
  private static final Offset<Double> CLOSE = within(1e-12);
  private final double[] y = vector(1, 1, 0, 0);
  private final double[] p = vector(0.9, 0.6, 0.4, 0.1);
  private final double[] q = vector(0.9, 0.6, 0.2, 0.1);

  @Test
  void theWholeBatchIsOneMask() {
    assertThat(dice().of(y, p)).isCloseTo(0.25, FOUR_DIGITS);
    assertThat(dice().of(matrix(y), matrix(p))).isEqualTo(dice().of(y, p));
    assertThat(dice().sum().of(y, p)).isEqualTo(dice().of(y, p));
    assertThat(tversky(0.3, 0.7).of(y, q)).isCloseTo(0.2268, FOUR_DIGITS);
    assertThat(tversky().of(y, q)).isCloseTo(dice().of(y, q), within(1e-7));
    assertThat(dice().of(vector(0, 0), vector(0, 0))).isEqualTo(1);
  }

  @Test
  void eachSampleMayBeAMaskOfItsOwn() {
    double[][] masks = matrix(y, vector(0, 0, 0, 1));
    double[][] found = matrix(p, vector(0, 0, 0, 1));
    assertThat(dice().eachSample().perSample(masks, found))
        .containsExactly(new double[] {0.25, 0}, FOUR_DIGITS);
    assertThat(dice().eachSample().of(masks, found)).isCloseTo(0.125, FOUR_DIGITS);
    assertThat(dice().eachSample().sum().of(masks, found, vector(2, 7)))
        .isCloseTo(0.5, FOUR_DIGITS);
    assertThat(tversky().eachSample().beta(0.1).of(masks, found))
        .isLessThan(tversky().eachSample().of(masks, found));
  }

  /** Salehi et al. 2017: α for what is wrongly found, β for what is missed. */
  @Test
  void tverskysAlphaWeighsFalseAlarmsAndBetaMisses() {
    double[] all = vector(1, 1, 1, 1);
    double[] none = vector(0.5, 0.5, 0, 0);
    assertThat(tversky(0, 1).of(y, all)).isCloseTo(0, FOUR_DIGITS);
    assertThat(tversky(1, 0).of(y, all)).isCloseTo(1 - 2 / 4.0, FOUR_DIGITS);
    assertThat(tversky(1, 0).of(y, none)).isCloseTo(0, FOUR_DIGITS);
    assertThat(tversky(0, 1).of(y, none)).isCloseTo(1 - 1 / 2.0, FOUR_DIGITS);
    assertThat(tversky().alpha(2).of(y, all)).isGreaterThan(tversky().of(y, all));
    assertThat(tversky().beta(2).of(y, none)).isGreaterThan(tversky().of(y, none));
  }

  @Test
  void theFormulasNameTheirSums() {
    assertThat(dice())
        .hasToString("dice: 1 − 2I/(Y + Ŷ + ε), I = Σᵢ yᵢ·ŷᵢ, Y = Σᵢ yᵢ, Ŷ = Σᵢ ŷᵢ, ε = 1e-7");
    assertThat(dice().derivative().text())
        .startsWith("∂L/∂ŷ = 2(I/(Y + Ŷ + ε)² − y/(Y + Ŷ + ε)), ");
    assertThat(dice().eachSample().formula().text())
        .isEqualTo(
            "L = 1/n Σᵢ (1 − 2Iᵢ/(Yᵢ + Ŷᵢ + ε)), I = Σₖ yₖ·ŷₖ, Y = Σₖ yₖ, Ŷ = Σₖ ŷₖ, ε = 1e-7");
    assertThat(tversky(0.7, 0.3))
        .hasToString(
            "tversky: 1 − I/(I + α·F + β·M + ε), I = Σᵢ yᵢ·ŷᵢ, α = 0.7, F = Σᵢ (1 − yᵢ)·ŷᵢ, β = 0.3,"
                + " M = Σᵢ yᵢ·(1 − ŷᵢ), ε = 1e-7");
    assertThat(tversky().derivative().text())
        .startsWith(
            "∂L/∂ŷ = I·(α·(1 − y) − β·y)/(I + α·F + β·M + ε)²"
                + " + y·(I/(I + α·F + β·M + ε)² − 1/(I + α·F + β·M + ε)), ");
  }

  @Test
  void theStepsShowTheSumsAndTheQuotient() {
    assertThat(dice().explain(y, p))
        .hasToString(
            """
            dice = 1 − 2I/(Y + Ŷ + ε), I = Σᵢ yᵢ·ŷᵢ, Y = Σᵢ yᵢ, Ŷ = Σᵢ ŷᵢ, ε = 1e-7
            i  y  ŷ
            1  1  0.9
            2  1  0.6
            3  0  0.4
            4  0  0.1
                       Σᵢ yᵢ·ŷᵢ                                         1.5
                       Σᵢ yᵢ                                            2
                       Σᵢ ŷᵢ                                            2
                       1 − 2·1.5/(2 + 2 + 1e-7) = 1 − 3/(2 + 2 + 1e-7)  0.25""");
    assertThat(dice().explain(y, p).value()).isEqualTo(dice().of(y, p));
    assertThat(tversky(0.3, 0.7).explain(y, q).toString())
        .contains("1 − 1.5/(1.5 + 0.3·0.3 + 0.7·0.5 + 1e-7)");
    assertThat(dice().eachSample().explain(matrix(y), matrix(p)).toString())
        .contains("1 − 2·1.5/(2 + 2 + 1e-7)")
        .endsWith("divided by n = 1 sample                          0.25");
    assertThat(dice().explain(new double[40], new double[40]).toString())
        .contains("28 more samples");
  }

  @Test
  void whatIsSaidOfSingleSamplesIsRefusedWithTheCallThatSeesThem() {
    String each = ": it is one number for the whole batch; call .eachSample() for one per sample.";
    assertThatThrownBy(() -> dice().perSample(y, p))
        .hasMessage(
            "dice expects no setting of single samples but receives a call for the loss of"
                + " each"
                + each);
    assertThatThrownBy(() -> dice().of(y, p, vector(1, 1, 1, 2))).hasMessageEndingWith(each);
    assertThatThrownBy(() -> tversky().sum().classWeight(Map.of(0, 2))).hasMessageEndingWith(each);
    assertThatThrownBy(
            () -> new TrainingLoss(dice()).bind(1).run(y, p, vector(1, 1, 1, 1), 4, null))
        .hasMessageEndingWith(each);
    assertThatThrownBy(() -> dice().plus(binaryCrossentropy()).perSample(y, p))
        .hasMessageEndingWith(each);
  }

  @Test
  void withCrossEntropyItMakesTheUsualSum() {
    Loss both = dice().plus(binaryCrossentropy().times(0.5));
    assertThat(both.of(y, p))
        .isCloseTo(dice().of(y, p) + 0.5 * binaryCrossentropy().of(y, p), within(1e-12));
    assertThat(both.explain(y, p).toString()).endsWith("  0.404047");
  }

  @Test
  void overSeveralBatchesItIsTheirMeanByRows() {
    LossTally tally = (LossTally) dice().tally(1, 1);
    tally.add(new float[] {1, 0, 1}, new float[] {1, 0, 1}, null, 3);
    tally.add(new float[] {1}, new float[] {0}, null, 1);
    assertThat(tally.value()).isCloseTo(0.25, within(1e-6));
  }

  @Test
  void aModelWithoutASigmoidAndAWeightBelowZeroAreRefused() {
    assertThat(
            new TrainingLoss(dice())
                .refusal(new OutputActivation("linear", 1, OutputActivation.Said.CALL)))
        .contains(
            "dice expects probabilities between 0 and 1 but the model ends in linear, which gives no"
                + " probabilities: add .sigmoid() to the last layer.");
    assertThatThrownBy(() -> tversky(-0.1, 1))
        .hasMessageContaining("tversky expects alpha of 0 or more");
    assertThatThrownBy(() -> dice().of(1, 2)).hasMessageContaining("ŷ[0] is 2");
  }

  @Test
  void theAxesOfTheSumsMayBeChosen() {
    double[][][] masks = {{{1, 0}, {0, 1}}, {{1, 1}, {0, 0}}};
    double[][][] found = {{{0.8, 0.2}, {0.4, 0.9}}, {{0.5, 0.6}, {0.1, 0.3}}};
    // of each image: all four numbers; of each class of each image: its two
    double first = dice().of(vector(1, 0, 0, 1), vector(0.8, 0.2, 0.4, 0.9));
    double second = dice().of(vector(1, 1, 0, 0), vector(0.5, 0.6, 0.1, 0.3));
    assertThat(dice().axis(1, 2).perSample(masks, found))
        .containsExactly(new double[] {first, second}, CLOSE);
    assertThat(dice().axis(1, 2).of(masks, found)).isCloseTo((first + second) / 2, CLOSE);
    assertThat(dice().axis(-2, -1).of(masks, found, vector(3, 1)))
        .isCloseTo((3 * first + second) / 2, CLOSE);
    assertThat(dice().axis(1).perSample(masks, found)[1])
        .isCloseTo(dice().of(vector(0, 1), vector(0.2, 0.9)), CLOSE);
    assertThat(dice().axis(0, 1, 2).of(masks, found)).isCloseTo(dice().of(masks, found), CLOSE);
    assertThat(dice().axis(0, 1).of(masks, found))
        .isCloseTo(
            (dice().of(vector(1, 0, 1, 0), vector(0.8, 0.4, 0.5, 0.1))
                    + dice().of(vector(0, 1, 1, 0), vector(0.2, 0.9, 0.6, 0.3)))
                / 2,
            CLOSE);
    double[] slope = dice().axis(1, 2).gradient((Object) masks, found)[1];
    double[] alone = dice().gradient(vector(1, 0, 0, 1), vector(0.8, 0.2, 0.4, 0.9));
    assertThat(slope).containsExactly(new double[] {alone[2] / 2, alone[3] / 2}, CLOSE);
    assertThat(dice().axis(1, 2).explain(masks, found).value())
        .isCloseTo(dice().axis(1, 2).of(masks, found), CLOSE);
  }

  @Test
  void anAxisThatIsNotThereIsRefused() {
    assertThatThrownBy(() -> dice().axis(3).of(new double[][][] {{{1}}}, new double[][][] {{{1}}}))
        .hasMessageContaining("dice expects axes 0 to 2 of a batch of predictions [1, 1]")
        .hasMessageContaining("receives 3");
    assertThatThrownBy(() -> dice().axis()).hasMessageContaining("axis(1, 2)");
    assertThatThrownBy(() -> dice().axis(1).plus(binaryCrossentropy()))
        .hasMessageContaining("without .axis(…)");
  }
}
