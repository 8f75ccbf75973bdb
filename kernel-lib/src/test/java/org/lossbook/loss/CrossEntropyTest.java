package org.lossbook.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.lossbook.Lossbook.binaryCrossentropy;
import static org.lossbook.Lossbook.categoricalCrossentropy;
import static org.lossbook.Lossbook.matrix;
import static org.lossbook.Lossbook.mse;
import static org.lossbook.Lossbook.row;
import static org.lossbook.Lossbook.sparseCategoricalCrossentropy;
import static org.lossbook.Lossbook.vector;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.lossbook.loss.check.OutputActivation;
import org.lossbook.loss.spec.Prediction;

class CrossEntropyTest {
  private static final Offset<Double> CLOSE = within(1e-12);
  private final double[] label = vector(1, 0);
  private final double[] p = vector(0.9, 0.1);

  @Test
  void theWorkedExampleHasTwoNumbersOneInNatsAndOneInBits() {
    assertThat(categoricalCrossentropy().of(label, p)).isCloseTo(0.105, within(5e-4));
    assertThat(categoricalCrossentropy().bits().of(label, p)).isCloseTo(0.152, within(5e-4));
    assertThat(binaryCrossentropy().of(label, p)).isCloseTo(0.105, within(5e-4));
    assertThat(binaryCrossentropy().bits().of(label, p)).isCloseTo(0.152, within(5e-4));
    assertThat(sparseCategoricalCrossentropy().of(vector(1), matrix(row(0.05, 0.9, 0.05))))
        .isCloseTo(-Math.log(0.9), CLOSE);
    assertThat(categoricalCrossentropy().base(10).of(label, p)).isCloseTo(-Math.log10(0.9), CLOSE);
  }

  @Test
  void fromLogitsIsTheSameLossOfTheProbabilitiesThatTheLogitsMean() {
    double[] z = vector(2.3, -1.1);
    double[] sigmoid = vector(1 / (1 + Math.exp(-2.3)), 1 / (1 + Math.exp(1.1)));
    assertThat(binaryCrossentropy().fromLogits().labelSmoothing(0.1).of(label, z))
        .isCloseTo(binaryCrossentropy().labelSmoothing(0.1).of(label, sigmoid), CLOSE);
    double[] softmax = vector(1 / (1 + Math.exp(-3.4)), 1 / (1 + Math.exp(3.4)));
    assertThat(categoricalCrossentropy().fromLogits().bits().labelSmoothing(0.1).of(label, z))
        .isCloseTo(categoricalCrossentropy().bits().labelSmoothing(0.1).of(label, softmax), CLOSE);
    assertThat(sparseCategoricalCrossentropy().fromLogits().bits().of(0, z))
        .isCloseTo(sparseCategoricalCrossentropy().bits().of(0, softmax), CLOSE);
  }

  @Test
  void theGradientOfLogitsIsWhatThePredictionHasTooMuch() {
    double[][] z = matrix(row(2, 1, -1));
    double[] soft = new double[3];
    double sum = Math.exp(2) + Math.exp(1) + Math.exp(-1);
    for (int k = 0; k < 3; k++) {
      soft[k] = Math.exp(z[0][k]) / sum - (k == 1 ? 1 : 0);
    }
    assertThat(sparseCategoricalCrossentropy().fromLogits().gradient(vector(1), z)[0])
        .containsExactly(soft, CLOSE);
    assertThat(categoricalCrossentropy().fromLogits().gradient(matrix(row(0, 1, 0)), z)[0])
        .containsExactly(soft, CLOSE);
    assertThat(binaryCrossentropy().fromLogits().gradient(1, 0)).isEqualTo(-0.5);
  }

  @Test
  void theirDerivativesAreWrittenAsATextbookWouldWriteThem() {
    assertThat(derivative(binaryCrossentropy().fromLogits())).isEqualTo("(σ(z) − y)/n");
    assertThat(derivative(binaryCrossentropy().fromLogits().bits()))
        .isEqualTo("(σ(z) − y)/(n·ln 2)");
    assertThat(derivative(categoricalCrossentropy().fromLogits())).isEqualTo("(softmax(z) − y)/n");
    assertThat(derivative(categoricalCrossentropy().fromLogits().labelSmoothing(0.1)))
        .isEqualTo("(softmax(z) − ỹ)/n, ỹ = 0.9y + 0.1/m");
    assertThat(derivative(sparseCategoricalCrossentropy().fromLogits()))
        .isEqualTo("(softmax(z) − 1[k = y])/n");
    assertThat(derivative(binaryCrossentropy()))
        .startsWith("((1 − y)/(1 − p) − y/p)·1[ε < ŷ < 1 − ε]/n");
  }

  private static String derivative(Loss loss) {
    return loss.spec().objective(false).gradient(loss.spec().p()).toString();
  }

  @Test
  void everyLogitHoweverLargeHasAFiniteLossAndGradient() {
    for (double z : vector(-1e300, -1e4, -40, -1e-300, 0, 1e-12, 40, 1e4, 1e300)) {
      for (double y : vector(0, 0.3, 1)) {
        assertThat(binaryCrossentropy().fromLogits().of(y, z)).isFinite().isNotNegative();
        assertThat(binaryCrossentropy().fromLogits().gradient(y, z)).isBetween(-1.0, 1.0);
      }
      double[][] row = matrix(row(z, -z, 0));
      for (double label : vector(0, 1, 2)) {
        assertThat(sparseCategoricalCrossentropy().fromLogits().of(label, row)).isFinite();
        assertThat(sparseCategoricalCrossentropy().fromLogits().gradient(vector(label), row)[0])
            .doesNotContain(Double.NaN);
      }
    }
    assertThat(binaryCrossentropy().fromLogits().of(1, 40)).isCloseTo(Math.exp(-40), CLOSE);
    assertThat(binaryCrossentropy().fromLogits().of(1, 40)).isPositive();
  }

  @Test
  void probabilitiesOfZeroAndOneAreClippedAsInKeras() {
    assertThat(binaryCrossentropy().of(1, 0)).isCloseTo(-Math.log(1e-7), CLOSE);
    assertThat(binaryCrossentropy().gradient(1, 0)).isZero();
    assertThat(categoricalCrossentropy().of(label, vector(0, 1))).isCloseTo(-Math.log(1e-7), CLOSE);
    assertThat(binaryCrossentropy().toString()).contains("p = clip(ŷ, ε, 1 − ε)", "ε = 1e-7");
  }

  @Test
  void aFinalActivationIsJoinedWithItsCrossEntropyAlone() {
    Loss joined =
        new TrainingLoss(binaryCrossentropy().labelSmoothing(0.1).bits())
            .fusedWith("sigmoid")
            .get();
    assertThat(joined.spec().prediction()).isEqualTo(Prediction.LOGIT);
    assertThat(joined.of(1, 0)).isCloseTo(1, CLOSE);
    assertThat(categoricalCrossentropy().sum().spec().fusedWith("softmax").get().prediction())
        .isEqualTo(Prediction.LOGITS);
    assertThat(binaryCrossentropy().spec().fusedWith("softmax")).isEmpty();
    assertThat(binaryCrossentropy().fromLogits().spec().fusedWith("sigmoid")).isEmpty();
    assertThat(categoricalCrossentropy().fromLogits().spec().fusedWith("linear")).isEmpty();
    assertThat(mse().spec().fusedWith("sigmoid")).isEmpty();
  }

  @Test
  void aModelThatEndsInTheWrongFormIsRefusedWithTheCallToDrop() {
    assertThat(
            new TrainingLoss(binaryCrossentropy().fromLogits())
                .refusal(new OutputActivation("sigmoid", 1, OutputActivation.Said.CALL)))
        .contains(
            "binaryCrossentropy.fromLogits() expects logits but the model ends in sigmoid, which has already turned them into probabilities: drop .sigmoid() from the last layer, or"
                + " .fromLogits() from the loss.");
    assertThat(
            new TrainingLoss(sparseCategoricalCrossentropy().fromLogits())
                .refusal(new OutputActivation("softmax", 10, OutputActivation.Said.CALL))
                .get())
        .contains("drop .softmax()");
    assertThat(
            new TrainingLoss(binaryCrossentropy())
                .refusal(new OutputActivation("linear", 1, OutputActivation.Said.CALL))
                .get())
        .contains("add .sigmoid() to the last layer, or .fromLogits() to the loss");
    assertThat(
            new TrainingLoss(sparseCategoricalCrossentropy())
                .refusal(new OutputActivation("relu", 10, OutputActivation.Said.CALL))
                .get())
        .endsWith("put .softmax() instead of .relu(), or add .fromLogits() to the loss.");
    assertThat(
            new TrainingLoss(categoricalCrossentropy())
                .refusal(new OutputActivation("sigmoid", 10, OutputActivation.Said.CALL))
                .get())
        .contains("put .softmax() instead of .sigmoid()");
    assertThat(
            new TrainingLoss(sparseCategoricalCrossentropy())
                .refusal(new OutputActivation("softmax", 1, OutputActivation.Said.CALL))
                .get())
        .contains("binaryCrossentropy()");
    assertThat(
            new TrainingLoss(binaryCrossentropy())
                .refusal(new OutputActivation("sigmoid", 3, OutputActivation.Said.CALL)))
        .isEmpty();
    assertThat(
            new TrainingLoss(categoricalCrossentropy())
                .refusal(new OutputActivation("softmax", 3, OutputActivation.Said.CALL)))
        .isEmpty();
    assertThat(
            new TrainingLoss(categoricalCrossentropy().fromLogits())
                .refusal(new OutputActivation("linear", 3, OutputActivation.Said.CALL)))
        .isEmpty();
    assertThat(
            new TrainingLoss(mse())
                .refusal(new OutputActivation("softmax", 10, OutputActivation.Said.CALL)))
        .isEmpty();
  }

  @Test
  void badInputIsNamedByLossIndexAndValue() {
    assertThatThrownBy(() -> mse().of(vector(1, 2), vector(1, 2, 3)))
        .hasMessage(
            "mse expects as many samples in y as in ŷ but receives [2] and [3]: give each truth its"
                + " prediction.");
    assertThatThrownBy(() -> mse().of(vector(1, Double.NaN), vector(1, 2)))
        .hasMessageContaining("mse expects finite numbers in y but y[1] is NaN");
    assertThatThrownBy(() -> mse().of(vector(), vector()))
        .hasMessageContaining("mse expects numbers but receives an empty array [0]");
    assertThatThrownBy(() -> mse().of("3", 2.5))
        .hasMessageContaining("mse expects numbers, arrays of numbers");
    assertThatThrownBy(() -> mse().of(matrix(row(1), row(1, 2)), matrix(row(1), row(2))))
        .hasMessageContaining("mse expects rows of equal length");
    assertThatThrownBy(() -> binaryCrossentropy().of(vector(1, 0), vector(0.9, -0.1)))
        .hasMessageContaining(
            "in ŷ but ŷ[1] is -0.1: scale it to 0…1, or add .fromLogits() if these are logits.");
    assertThatThrownBy(() -> categoricalCrossentropy().of(label, vector(0.9, 0.2)))
        .hasMessageContaining("sum to one in each row of ŷ but row 0 sums to 1.1");
    assertThatThrownBy(() -> sparseCategoricalCrossentropy().of(2, vector(0.9, 0.1)))
        .hasMessageContaining("expects labels 0 to 1 for 2 classes but y[0] is 2:");
    assertThatThrownBy(
            () -> sparseCategoricalCrossentropy().of(matrix(row(1, 0)), matrix(row(0.9, 0.1))))
        .hasMessageContaining("use categoricalCrossentropy() for one-hot rows");
    assertThatThrownBy(() -> categoricalCrossentropy().of(matrix(row(1)), matrix(row(0.9, 0.1))))
        .hasMessageContaining("use sparseCategoricalCrossentropy() for integer labels");
    assertThatThrownBy(() -> mse().of(vector(1, 2), vector(1, 2), vector(1)))
        .hasMessageContaining("one weight for each of the 2 samples but receives [1]");
    assertThatThrownBy(() -> binaryCrossentropy().labelSmoothing(2))
        .hasMessageContaining("labelSmoothing expects a fraction between 0 and 1");
    assertThatThrownBy(() -> binaryCrossentropy().base(1)).hasMessageContaining("base expects");
  }

  @Test
  void targetsOfATrainingSetAreCheckedBeforeTheFirstStep() {
    Loss sparse = sparseCategoricalCrossentropy();
    assertThat(new TrainingLoss(sparse).targets(10)).isEqualTo(1);
    assertThat(new TrainingLoss(categoricalCrossentropy()).targets(10)).isEqualTo(10);
    assertThatThrownBy(() -> new TrainingLoss(sparse).checkTargets(new float[] {0, 9, 10}, 3, 10))
        .hasMessageContaining("y[2] is 10");
    assertThatThrownBy(() -> new TrainingLoss(sparse).checkTargetWidth(10, 10))
        .hasMessageContaining("one-hot");
    assertThatThrownBy(() -> new TrainingLoss(mse()).checkTargetWidth(2, 3))
        .hasMessageContaining("expects 3 numbers a target, as many as the prediction has");
    assertThatThrownBy(() -> new TrainingLoss(mse()).checkTargetWidth(1, 10))
        .hasMessageEndingWith(
            "give the last layer 1 unit, or the targets 10 numbers each, as .oneHot() makes of labels.");
  }
}
