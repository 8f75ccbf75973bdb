package org.lossbook.loss.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.lossbook.Lossbook.*;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lossbook.formula.Expr;
import org.lossbook.loss.Loss;
import org.lossbook.loss.TrainingLoss;
import org.lossbook.loss.evaluate.BatchLoss;
import org.lossbook.loss.evaluate.RunningLoss;

/** From samples to one number: divisors, weights, classes, and batches of different sizes. */
class ReductionTest {
  private static final double[] Y = {1, 0, 3, 2, 5};
  private static final double[] Y_HAT = {2, 2, 3, 1, 1}; // squares 1, 4, 0, 1, 16
  private static final double[] W = {1, 2, 3, 0, 0.5};

  /** The root of the mean square: what is done at the very end is done once. */
  private static Loss root() {
    return new Loss(
        LossSpec.of("root", Target.VALUE, Prediction.VALUE, (y, p) -> y.minus(p).square().mean())
            .finishedBy(Expr::sqrt));
  }

  static Stream<Loss> losses() {
    return Stream.of(
        mse(),
        mse().sum(),
        mse().weightedMean(),
        mse().times(0.5).plus(mae()).sum(),
        root(),
        root().weightedMean(),
        root().times(2).plus(mse()),
        root().plus(mse()).weightedMean(),
        mse().weightedMean().mean());
  }

  @Test
  void aSampleAloneHasWhatABatchOfItWouldHave() {
    for (Loss loss : List.of(rmse().times(2), rmse().plus(mae()), rmse().times(2).sum())) {
      double[] each = loss.perSample(Y, Y_HAT);
      for (int i = 0; i < Y.length; i++) {
        assertThat(each[i]).isCloseTo(loss.of(Y[i], Y_HAT[i]), within(1e-12));
      }
    }
  }

  @Test
  void weightsDoNotChangeTheShapeOfAGradient() {
    assertThat(mse().gradient(vector(1, 2), vector(2, 4), vector(1, 3))).containsExactly(1, 6);
  }

  @ParameterizedTest
  @MethodSource("losses")
  void batchesOfAnySizeGiveWhatAllSamplesTogetherGive(Loss loss) {
    for (double[] weights : new double[][] {null, W}) {
      double together = weights == null ? loss.of(Y, Y_HAT) : loss.of(Y, Y_HAT, weights);
      RunningLoss running = new RunningLoss();
      assertThat(running.value()).isNaN();
      for (int size : new int[] {1, 2, 3, 5}) {
        running.reset();
        BatchLoss batch = new TrainingLoss(loss).bind(1);
        for (int from = 0; from < Y.length; from += size) {
          int to = Math.min(from + size, Y.length);
          double[] each = weights == null ? null : Arrays.copyOfRange(weights, from, to);
          batch.run(
              Arrays.copyOfRange(Y, from, to),
              Arrays.copyOfRange(Y_HAT, from, to),
              each,
              to - from,
              null);
          running.add(batch);
        }
        assertThat(running.value()).as("batches of %d", size).isCloseTo(together, within(1e-14));
      }
    }
  }

  @Test
  void eachReductionDividesByWhatItSays() {
    assertThat(mse().of(Y, Y_HAT)).isEqualTo(22.0 / 5);
    assertThat(mse().of(Y, Y_HAT, W)).isCloseTo(17.0 / 5, within(1e-15));
    assertThat(mse().sum().of(Y, Y_HAT, W)).isEqualTo(17);
    assertThat(mse().weightedMean().of(Y, Y_HAT, W)).isCloseTo(17 / 6.5, within(1e-15));
    assertThat(mse().weightedMean().of(Y, Y_HAT)).isEqualTo(22.0 / 5);
    assertThat(root().of(Y, Y_HAT)).isCloseTo(Math.sqrt(4.4), within(1e-15));
    assertThat(root().plus(mse()).of(Y, Y_HAT)).isCloseTo(4.4 + Math.sqrt(4.4), within(1e-14));
    assertThat(root().perSample(Y, Y_HAT)).containsExactly(1, 2, 0, 1, 4);
  }

  @Test
  void theGradientIsThatOfTheFormulaWithItsDivisor() {
    double[] slopes = mse().weightedMean().gradient(Y, Y_HAT, W);
    assertThat(slopes[1]).isCloseTo(2 * 2 * 2 / 6.5, within(1e-15));
    double[] ofRoot = root().gradient(Y, Y_HAT);
    assertThat(ofRoot[4]).isCloseTo(-4 / 5.0 / Math.sqrt(4.4), within(1e-15));
  }

  @Test
  void aBatchOfNoWeightTeachesNothing() {
    double[] gradient = {7, 7};
    BatchLoss batch = new TrainingLoss(mse().weightedMean()).bind(1);
    assertThat(batch.run(vector(1, 2), vector(3, 4), vector(0, 0), 2, gradient)).isZero();
    assertThat(gradient).containsExactly(0, 0);
    RunningLoss running = new RunningLoss();
    running.add(batch);
    assertThat(running.value()).isZero();
    assertThatThrownBy(() -> mse().weightedMean().of(vector(1, 2), vector(3, 4), vector(0, 0)))
        .hasMessage(
            "mse.weightedMean() expects weights that do not sum to 0 but receives [0.0, 0.0]: it divides by their sum; .mean() divides by the number of samples.");
  }

  @Test
  void theFormulaAndTheStepsNameTheDivisor() {
    assertThat(mse().weightedMean().formula())
        .hasToString("L = (Σᵢ wᵢ·(1/m Σₖ (yᵢₖ − ŷᵢₖ)²))/(Σᵢ wᵢ)");
    assertThat(mse().weightedMean().explain(Y, Y_HAT, W).toString())
        .contains("divided by the sum of the weights, 6.5")
        .endsWith("2.61538");
    assertThat(mse().explain(Y, Y_HAT, W).toString()).contains("divided by n = 5 samples");
    assertThat(root().plus(mse()).explain(Y, Y_HAT, W).toString())
        .contains("1/n Σᵢ wᵢ·")
        .contains("√(3.4) + 3.4")
        .endsWith("5.24391");
    assertThat(binaryCrossentropy().plus(dice()).explain(vector(1, 0), vector(0.9, 0.2)).value())
        .isEqualTo(binaryCrossentropy().plus(dice()).of(vector(1, 0), vector(0.9, 0.2)));
    assertThat(root().explain(Y, Y_HAT).toString()).contains("√").endsWith("2.09762");
  }

  /** PyTorch 2.15: {@code nn.CrossEntropyLoss(weight=tensor([1, 5, 0.5]))} in doubles. */
  @Test
  void classWeightsWithTheWeightedMeanArePyTorchs() {
    double[] y = {0, 2, 1, 2};
    double[][] z = {{1.2, -0.3, 0.5}, {0.1, 0.8, -1.1}, {2.0, -0.5, 0.3}, {-0.4, 0.2, 1.5}};
    Loss byClass =
        sparseCategoricalCrossentropy().fromLogits().classWeight(Map.of(0, 1, 1, 5, 2, 0.5));

    assertThat(byClass.weightedMean().of(y, z)).isCloseTo(2.227413246145356, within(1e-14));
    assertThat(byClass.sum().of(y, z)).isCloseTo(2.227413246145356 * 7, within(1e-13));
    assertThat(byClass.of(y, z)).isCloseTo(2.227413246145356 * 7 / 4, within(1e-13));
    assertThat(byClass.weightedMean().gradient(y, z)[2])
        .containsExactly(
            new double[] {0.564756081036923, -0.6679277121509599, 0.1031716311140369},
            within(1e-14));
    assertThat(byClass.perSample(y, z)[2])
        .isEqualTo(5 * sparseCategoricalCrossentropy().fromLogits().perSample(y, z)[2]);
  }

  @Test
  void aClassIsALabelOrTheGreatestOfARowOrAYes() {
    Map<Integer, Integer> five = Map.of(1, 5);
    double plain = categoricalCrossentropy().of(vector(0, 1), vector(0.2, 0.8));
    assertThat(categoricalCrossentropy().classWeight(five).of(vector(0, 1), vector(0.2, 0.8)))
        .isCloseTo(5 * plain, within(1e-15));
    double[] each = binaryCrossentropy().perSample(vector(1, 0), vector(0.7, 0.4));
    assertThat(binaryCrossentropy().classWeight(five).of(vector(1, 0), vector(0.7, 0.4)))
        .isCloseTo((5 * each[0] + each[1]) / 2, within(1e-15));
    // A sample's own weight and its class's multiply.
    assertThat(
            binaryCrossentropy().classWeight(five).of(vector(1, 0), vector(0.7, 0.4), vector(2, 3)))
        .isCloseTo((10 * each[0] + 3 * each[1]) / 2, within(1e-15));
    assertThat(
            binaryCrossentropy().classWeight(five).explain(vector(1, 0), vector(0.7, 0.4)).value())
        .isCloseTo((5 * each[0] + each[1]) / 2, within(1e-15));
    assertThat(binaryCrossentropy().classWeight(five).formula().toString()).contains("wᵢ");
    // From a model: before softmax the weights are the same.
    assertThat(
            new TrainingLoss(categoricalCrossentropy().classWeight(five).sum())
                .fusedWith("softmax"))
        .hasValueSatisfying(
            joined ->
                assertThat(joined.of(vector(0, 1), vector(0, Math.log(4))))
                    .isCloseTo(5 * plain, within(1e-14)));
  }

  @Test
  void classesThatAreNotThereAreRefused() {
    assertThatThrownBy(() -> mse().classWeight(Map.of(0, 2)))
        .hasMessage(
            "classWeight expects a classification loss but mse compares numbers: use sampleWeight(…), or weights as a third argument.");
    assertThatThrownBy(() -> binaryCrossentropy().classWeight(Map.of(2, 2)))
        .hasMessageStartingWith("classWeight expects labels 0 to 1, as there are 2 classes");
    assertThatThrownBy(
            () ->
                binaryCrossentropy()
                    .classWeight(Map.of(1, 2))
                    .of(matrix(row(1, 0)), matrix(row(0.5, 0.5))))
        .hasMessageContaining("several of the 2 outputs may be true at once");
    assertThatThrownBy(() -> sparseCategoricalCrossentropy().classWeight(Map.of(0, -1)))
        .hasMessageStartingWith(
            "classWeight expects labels from 0 and weights of 0 or more but receives 0=-1.0");
  }

  @Test
  void lossesThatAddUpAreReducedAlike() {
    assertThatThrownBy(() -> mse().sum().plus(mae()))
        .hasMessage(
            "plus expects losses of the same kind of truth, prediction and reduction but receives mse of numbers, reduced by sum and mae of numbers: add them up first, and call .sum() or .classWeight(…) on the sum.");
    assertThat(
            List.of(
                mse().sum().plus(mae().sum()).of(Y, Y_HAT), mse().plus(mae()).sum().of(Y, Y_HAT)))
        .containsExactly(30.0, 30.0);
    assertThat(mse().sum().times(2).of(Y, Y_HAT)).isEqualTo(44);
  }
}
