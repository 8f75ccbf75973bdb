package org.lossbook.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.lossbook.Lossbook.*;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** The examples in the documentation of Keras's losses, and of the metrics of the same names. */
class KerasExamplesTest {
  private static final Offset<Double> PRINTED = within(6e-7);
  private static final Offset<Double> THREE = within(1e-3); // some are cut, not rounded
  private static final double[][] Y = {{0, 1}, {0, 0}};
  private static final double[][] P = {{0.6, 0.4}, {0.4, 0.6}};
  private static final double[][] OFTEN = {{1, 1}, {0, 0}};
  private static final double[] FIRST = {1, 0};

  private static void prints(double value, double printed) {
    assertThat(value).isCloseTo(printed, within(2e-6 * Math.max(1, Math.abs(printed))));
  }

  @Test
  void regressionComesToWhatTheyPrint() {
    prints(mse().of(vector(1, 0, 1), vector(0.9, 0.1, 0.8)), 0.02);
    prints(mae().of(vector(1, 0.3, 1), vector(1.9, 0.3, 1.8)), 0.5666667);
    prints(mape().of(vector(100, 200, 300), vector(90, 210, 310)), 6.111111);
    prints(mse().of(Y, OFTEN), 0.25);
    prints(mae().of(Y, OFTEN), 0.25);
    prints(mape().of(Y, OFTEN), 250000000);
    prints(msle().of(Y, OFTEN), 0.12011322);
    prints(rmse().of(Y, OFTEN), 0.5);
    prints(mse().weightedMean().of(Y, OFTEN, FIRST), 0.5);
    prints(mape().weightedMean().of(Y, OFTEN, FIRST), 500000000);
    prints(msle().weightedMean().of(Y, OFTEN, FIRST), 0.24022643);
    prints(rmse().weightedMean().of(Y, OFTEN, FIRST), 0.70710677);
    assertThat(huber().of(Y, P)).isCloseTo(0.155, THREE);
    assertThat(logCosh().of(Y, OFTEN)).isCloseTo(0.108, THREE);
    double[] alike =
        cosineSimilarity()
            .perSample(
                matrix(row(0, 1), row(1, 1), row(1, 1)), matrix(row(1, 0), row(1, 1), row(-1, -1)));
    assertThat(alike).containsExactly(new double[] {0, -1, 1}, PRINTED);
  }

  @Test
  void countsComeToWhatTheyPrint() {
    prints(poisson().of(Y, OFTEN), 0.49999997);
    prints(poisson().weightedMean().of(Y, OFTEN, FIRST), 0.99999994);
  }

  @Test
  void marginsComeToWhatTheyPrint() {
    prints(hinge().of(Y, P), 1.3);
    prints(hinge().weightedMean().of(Y, P, FIRST), 1.1);
    prints(squaredHinge().of(Y, P), 1.86);
    prints(squaredHinge().weightedMean().of(Y, P, FIRST), 1.46);
    prints(categoricalHinge().of(Y, P), 1.4);
    prints(categoricalHinge().weightedMean().of(Y, P, FIRST), 1.2);
  }

  /** What Keras 3.15.1 computes of rows that are neither one-hot nor empty. */
  @Test
  void aHingeNeedsNoProbabilities() {
    prints(categoricalHinge().of(matrix(row(-1, 1, -1)), matrix(row(0.2, 0.9, -0.4))), 0.3);
    prints(categoricalHinge().of(matrix(row(1, 1, 0)), matrix(row(0.5, 0.8, 0.4))), 0.1);
    prints(categoricalHinge().of(matrix(row(0.5, 0.25)), matrix(row(0.5, 0.8))), 1.15);
    assertThat(categoricalHinge().gradient(Y, P))
        .isDeepEqualTo(matrix(row(0.5, -0.5), row(0, 0.5)));
    assertThatThrownBy(() -> categoricalHinge().of(matrix(row(2, 0)), matrix(row(1, 1))))
        .hasMessage(
            "categoricalHinge expects 1 for the true class and 0 or −1 for the others in each row of"
                + " y but y[0][0] is 2: write the true class as 1, as .oneHot() makes of labels.");
    assertThatThrownBy(() -> categoricalHinge().of(vector(2), matrix(row(1, 1))))
        .hasMessageContaining("sparseCategoricalCrossentropy() for integer labels");
  }

  @Test
  void divergencesComeToWhatTheyPrint() {
    prints(klDivergence().of(Y, P), 0.45814306);
    prints(klDivergence().weightedMean().of(Y, P, FIRST), 0.9162892);
  }

  @Test
  void yesAndNoComeToWhatTheyPrint() {
    double[] y = {0, 1, 0, 0};
    double[] z = {-18.6, 0.51, 2.94, -12.8};
    double[][] rows = {{-18.6, 0.51}, {2.94, -12.8}};
    var logits = binaryCrossentropy().fromLogits();
    assertThat(logits.of(y, z)).isCloseTo(0.8654, within(6e-5));
    assertThat(logits.of(Y, rows)).isCloseTo(0.8654, within(6e-5));
    assertThat(logits.of(Y, rows, vector(0.8, 0.2))).isCloseTo(0.243, THREE);
    assertThat(logits.sum().of(Y, rows)).isCloseTo(1.730, within(1.1e-3));
    assertThat(logits.perSample(Y, rows)).containsExactly(new double[] {0.235, 1.496}, THREE);
    assertThat(binaryCrossentropy().perSample(Y, P))
        .containsExactly(new double[] {0.916, 0.714}, THREE);
    prints(binaryCrossentropy().of(Y, P), 0.81492424);
    prints(binaryCrossentropy().weightedMean().of(Y, P, FIRST), 0.9162905);
    var focal = binaryFocalCrossentropy().gamma(3).fromLogits();
    assertThat(binaryFocalCrossentropy().gamma(2).fromLogits().of(y, z)).isCloseTo(0.691, THREE);
    assertThat(binaryFocalCrossentropy().classBalancing().gamma(2).fromLogits().of(y, z))
        .isCloseTo(0.51, within(6e-3));
    assertThat(focal.of(Y, rows)).isCloseTo(0.647, THREE);
    assertThat(focal.classBalancing().of(Y, rows)).isCloseTo(0.482, THREE);
    assertThat(focal.of(Y, rows, vector(0.8, 0.2))).isCloseTo(0.133, THREE);
    assertThat(focal.classBalancing().of(Y, rows, vector(0.8, 0.2))).isCloseTo(0.097, THREE);
    assertThat(focal.gamma(4).sum().of(Y, rows)).isCloseTo(1.222, THREE);
    assertThat(focal.gamma(4).classBalancing().sum().of(Y, rows)).isCloseTo(0.914, THREE);
    assertThat(focal.gamma(5).perSample(Y, rows))
        .containsExactly(new double[] {0.0017, 1.1561}, within(6e-5));
    assertThat(focal.gamma(5).classBalancing().perSample(Y, rows))
        .containsExactly(new double[] {0.0004, 0.8670}, within(1e-4));
    assertThat(binaryFocalCrossentropy().gamma(2).perSample(Y, P))
        .containsExactly(new double[] {0.330, 0.206}, THREE);
  }

  @Test
  void classesComeToWhatTheyPrint() {
    double[][] y = {{0, 1, 0}, {0, 0, 1}};
    double[][] p = {{0.05, 0.95, 0}, {0.1, 0.8, 0.1}};
    double[] weights = {0.3, 0.7};
    double[] labels = {1, 2};
    assertThat(categoricalCrossentropy().of(y, p)).isCloseTo(1.177, THREE);
    prints(categoricalCrossentropy().of(y, p), 1.1769392);
    prints(categoricalCrossentropy().weightedMean().of(y, p, weights), 1.6271976);
    assertThat(categoricalCrossentropy().of(y, p, weights)).isCloseTo(0.814, THREE);
    assertThat(categoricalCrossentropy().sum().of(y, p)).isCloseTo(2.354, THREE);
    assertThat(categoricalCrossentropy().perSample(y, p))
        .containsExactly(new double[] {0.0513, 2.303}, THREE);
    prints(categoricalFocalCrossentropy().of(y, p), 0.23315276);
    assertThat(categoricalFocalCrossentropy().of(y, p, weights)).isCloseTo(0.1632, within(6e-5));
    assertThat(categoricalFocalCrossentropy().sum().of(y, p)).isCloseTo(0.46631, within(1e-5));
    assertThat(categoricalFocalCrossentropy().perSample(y, p))
        .containsExactly(new double[] {3.2058331e-05, 4.6627346e-01}, PRINTED);
    assertThat(
            categoricalFocalCrossentropy()
                .perSample(y, matrix(row(0.05, 0.9, 0.05), row(0.1, 0.85, 0.05))))
        .containsExactly(new double[] {2.63401289e-04, 6.75912094e-01}, PRINTED);
    prints(sparseCategoricalCrossentropy().of(labels, p), 1.1769392);
    prints(sparseCategoricalCrossentropy().weightedMean().of(labels, p, weights), 1.6271976);
    assertThat(sparseCategoricalCrossentropy().of(labels, p, weights)).isCloseTo(0.814, THREE);
    assertThat(sparseCategoricalCrossentropy().sum().of(labels, p)).isCloseTo(2.354, THREE);
  }

  @Test
  void masksComeToWhatTheyPrint() {
    double[][] y = {{1, 1, 0, 0}, {1, 1, 0, 0}};
    double[][] p = {{0, 1, 0, 1}, {0.4, 0, 0, 0.9}};
    prints(dice().of(y, p), 0.6164384);
    assertThat(dice().eachSample().perSample(y, p))
        .containsExactly(new double[] {0.5, 0.75757575}, PRINTED);
  }

  @Test
  void nobodyIsToldToDivideByASumOf0() {
    double[][] none = {{0, 0}};
    double[][] half = {{0.5, 0.5}};
    for (Loss loss :
        new Loss[] {
          categoricalCrossentropy(),
          categoricalFocalCrossentropy(),
          jensenShannon(),
          klDivergence().plus(categoricalCrossentropy())
        }) {
      assertThatThrownBy(() -> loss.of(none, half))
          .hasMessageEndingWith(
              " expects probabilities that sum to one in each row of y but row 0 is all zeros: give the row a 1 at its class, or drop that sample.");
    }
    for (Loss loss : new Loss[] {categoricalCrossentropy(), klDivergence(), jensenShannon()}) {
      assertThatThrownBy(() -> loss.of(half, none))
          .hasMessageEndingWith(
              "in each row of ŷ but row 0 is all zeros: end the model in softmax, or give"
                  + " each class a share.");
    }
    assertThat(klDivergence().sum().of(none, half)).isNotNaN();
    assertThatThrownBy(() -> klDivergence().of(matrix(row(1, 1)), half))
        .hasMessageContaining("row 0 sums to 2.0: divide the row by its sum");
  }
}
