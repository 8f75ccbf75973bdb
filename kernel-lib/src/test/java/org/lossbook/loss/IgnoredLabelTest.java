package org.lossbook.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lossbook.Lossbook.accuracy;
import static org.lossbook.Lossbook.binaryCrossentropy;
import static org.lossbook.Lossbook.categoricalCrossentropy;
import static org.lossbook.Lossbook.dice;
import static org.lossbook.Lossbook.hinge;
import static org.lossbook.Lossbook.matrix;
import static org.lossbook.Lossbook.mse;
import static org.lossbook.Lossbook.precision;
import static org.lossbook.Lossbook.row;
import static org.lossbook.Lossbook.sparseCategoricalCrossentropy;
import static org.lossbook.Lossbook.vector;

import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.lossbook.config.Config;
import org.lossbook.loss.saved.LossRegistry;
import org.lossbook.metric.OnOutput;
import org.lossbook.metric.SampleWeighted;
import org.lossbook.metric.saved.MetricRegistry;

/** Labels that do not count, in losses and metrics by hand. */
class IgnoredLabelTest {
  private static final Offset<Double> CLOSE = Offset.offset(1e-12);
  private static final double[] Y = vector(1, 255, 0, 255);
  private static final double[][] P =
      matrix(row(0.2, 0.8), row(0.9, 0.1), row(0.6, 0.4), row(0.3, 0.7));
  private static final double[] KEPT_Y = vector(1, 0);
  private static final double[][] KEPT_P = matrix(row(0.2, 0.8), row(0.6, 0.4));

  private final SparseCategoricalCrossentropy plain = sparseCategoricalCrossentropy();
  private final SparseCategoricalCrossentropy ignoring = plain.ignore(255);

  @Test
  void aLossIsThatOfTheSamplesThatCount() {
    assertThat(ignoring.of(Y, P)).isCloseTo(plain.of(KEPT_Y, KEPT_P), CLOSE);
    assertThat(ignoring.sum().of(Y, P)).isCloseTo(plain.sum().of(KEPT_Y, KEPT_P), CLOSE);
    double[] weights = vector(2, 7, 3, 0);
    assertThat(ignoring.of(Y, P, weights)).isCloseTo(plain.of(KEPT_Y, KEPT_P, vector(2, 3)), CLOSE);
    assertThat(ignoring.weightedMean().of(Y, P, weights))
        .isCloseTo(plain.weightedMean().of(KEPT_Y, KEPT_P, vector(2, 3)), CLOSE);
    assertThat(ignoring.classWeight(Map.of(1, 4)).of(Y, P))
        .isCloseTo(plain.classWeight(Map.of(1, 4)).of(KEPT_Y, KEPT_P), CLOSE);
    assertThat(ignoring.fromLogits().of(Y, P))
        .isCloseTo(plain.fromLogits().of(KEPT_Y, KEPT_P), CLOSE);
    assertThat(ignoring.perSample(Y, P)[1]).isZero();
  }

  @Test
  void whatIsIgnoredHasNoSlope() {
    double[][] slope = ignoring.gradient(Y, P);
    assertThat(slope[1]).containsExactly(0, 0);
    assertThat(slope[0]).containsExactly(plain.gradient(KEPT_Y, KEPT_P)[0], CLOSE);
  }

  @Test
  void whereAllIsIgnoredTheLossIsZero() {
    double[] none = vector(255, 255, 255, 255);
    assertThat(ignoring.of(none, P)).isZero();
    assertThat(ignoring.gradient(none, P)[0]).containsExactly(0, 0);
    assertThat(ignoring.weightedMean().of(none, P)).isZero();
  }

  @Test
  void theStepsSayWhatIsIgnoredAndWhatIsDividedBy() {
    assertThat(ignoring.explain(Y, P).value()).isCloseTo(ignoring.of(Y, P), CLOSE);
    assertThat(ignoring.explain(Y, P).toString())
        .contains("ignored")
        .contains("divided by n = 2 samples, without the 2 ignored");
    assertThat(ignoring.formula().toString()).endsWith(", yᵢ ≠ 255");
  }

  @Test
  void answersThatAreNotKnownAreLeftOutOfARow() {
    double[][] y = matrix(row(1, -1), row(0, 1));
    double[][] p = matrix(row(0.9, 0.3), row(0.2, 0.6));
    BinaryCrossentropy known = binaryCrossentropy().ignore(-1);
    double[] keptY = vector(1, 0, 1);
    double[] keptP = vector(0.9, 0.2, 0.6);
    assertThat(known.of(y, p)).isCloseTo(binaryCrossentropy().of(keptY, keptP), CLOSE);
    assertThat(known.of(y, p, vector(2, 1)))
        .isCloseTo(binaryCrossentropy().of(keptY, keptP, vector(2, 1, 1)), CLOSE);
    assertThat(known.explain(y, p).value()).isCloseTo(known.of(y, p), CLOSE);
    assertThat(known.perSample(y, p)[0])
        .isCloseTo(binaryCrossentropy().of(vector(1), vector(0.9)), CLOSE);
    assertThat(known.gradient(y, p)[0][1]).isZero();
    assertThat(hinge().ignore(255).of(vector(-1, 255), vector(0.5, 3)))
        .isCloseTo(hinge().of(vector(-1), vector(0.5)), CLOSE);
  }

  @Test
  void metricsLeaveItOutToo() {
    assertThat(accuracy().ignore(255).of(Y, P)).isEqualTo(1);
    assertThat(accuracy().ignore(255).of(vector(0, 255, 0, 1), P, vector(3, 9, 1, 0)))
        .isEqualTo(0.25);
    assertThat(accuracy().ignore(-1).of(vector(1, 0, -1), vector(0.9, 0.8, 0.7))).isEqualTo(0.5);
    assertThat(precision().ignore(2).of(vector(1, 2, 0, 1), vector(0.9, 0.8, 0.7, 0.2)))
        .isEqualTo(0.5);
    assertThat(accuracy().sampleWeighted().ignore(2)).isInstanceOf(SampleWeighted.class);
    assertThat(accuracy().on("sold").ignore(2)).isInstanceOf(OnOutput.class);
    assertThatThrownBy(() -> accuracy().ignore(255).of(vector(0, 254, 0, 1), P))
        .hasMessageContaining("labels 0 to 1 for 2 classes but receives 254");
  }

  @Test
  void filesKeepIt() {
    Config config = ignoring.config().orElseThrow();
    assertThat(config.isOurs()).isFalse();
    assertThat(config.get("ignore_class")).contains(255);
    assertThat(LossRegistry.LOSSES.read(config).of(Y, P)).isEqualTo(ignoring.of(Y, P));
    assertThat(plain.config().orElseThrow().settings()).doesNotContainKey("ignore_class");
    Loss answers = binaryCrossentropy().ignore(-1);
    assertThat(
            LossRegistry.LOSSES
                .read(answers.config().orElseThrow())
                .of(vector(1, -1), vector(0.9, 0.2)))
        .isEqualTo(answers.of(vector(1, -1), vector(0.9, 0.2)));
    assertThat(MetricRegistry.METRICS.read(accuracy().ignore(255).config().orElseThrow()).of(Y, P))
        .isEqualTo(1);
  }

  @Test
  void otherLossesSayWhatToDoInstead() {
    assertThatThrownBy(() -> mse().ignore(255))
        .hasMessageContaining("ignore expects a loss of labels or of answers")
        .hasMessageContaining("weight of 0");
    assertThatThrownBy(() -> categoricalCrossentropy().ignore(255)).hasMessageContaining("labels");
    assertThatThrownBy(() -> dice().ignore(255)).hasMessageContaining("labels");
    assertThatThrownBy(() -> binaryCrossentropy().ignore(0)).hasMessageContaining("other than 0");
    assertThatThrownBy(() -> ignoring.of(vector(1, 254, 0, 0), P))
        .hasMessageContaining("labels 0 to 1 for 2 classes but y[1] is 254");
  }
}
