package org.lossbook.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.lossbook.Lossbook.*;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lossbook.loss.evaluate.BatchLoss;
import org.lossbook.loss.spec.Range;
import org.lossbook.loss.spec.Setting;

/** Settings that move: their slopes, their bounds, their letters in a sum of losses. */
class MovingSettingTest {
  private static final double[] Y = {1, 0, 3, 2, 5, -1};
  private static final double[] Y_HAT = {1.2, 2, 3.1, 1, 1, -1.3};
  private static final double[] W = {1, 2, 0.5, 1, 3, 0.7};

  static Stream<Loss> moving() {
    return Stream.of(
        huber().delta(learned(0.8)),
        huber().delta(learned(0.8)).sum(),
        huber().delta(learned(0.8)).weightedMean(),
        huber().delta(learned(0.8)).times(0.3).plus(huber().delta(learned(1.7))),
        huber().delta(0.8).plus(huber().delta(learned(1.7))),
        uncertaintyWeighted(mse(), mae()),
        uncertaintyWeighted(mse(), huber().delta(learned(0.5))).sum(),
        uncertaintyWeighted(mse().plus(mae()), mae()).weightedMean());
  }

  @ParameterizedTest
  @MethodSource("moving")
  void theSlopeByASettingIsThatOfFiniteDifferences(Loss loss) {
    for (double[] weights : new double[][] {null, W}) {
      BatchLoss batch = new TrainingLoss(loss).bind(1);
      List<Setting> settings = loss.spec().movingSettings();
      batch.run(Y, Y_HAT, weights, Y.length, new double[Y.length]);
      double[] slopes = new double[settings.size()];
      java.util.Arrays.setAll(slopes, batch::settingGradient);
      for (int i = 0; i < slopes.length; i++) {
        double h = 1e-5;
        double[] ends = new double[2];
        for (int side : new int[] {0, 1}) {
          batch.set(i, settings.get(i).value() + (2 * side - 1) * h);
          ends[side] = batch.run(Y, Y_HAT, weights, Y.length, null);
        }
        batch.set(i, settings.get(i).value());
        double difference = (ends[1] - ends[0]) / (2 * h);
        assertThat(slopes[i]).isNotZero().isCloseTo(difference, within(1e-7));
      }
    }
  }

  @Test
  void aSettingThatIsSetHoldsFromTheNextRun() {
    BatchLoss batch = new TrainingLoss(huber().delta(learned(1))).bind(1);
    for (double delta : new double[] {1, 0.25, 3}) {
      batch.set(0, delta);
      assertThat(batch.run(Y, Y_HAT, null, Y.length, null))
          .isCloseTo(huber(delta).of(Y, Y_HAT), within(1e-15));
    }
  }

  @Test
  void aRunWithAnotherSettingAllocatesNothing() {
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    BatchLoss batch =
        new TrainingLoss(uncertaintyWeighted(mse(), huber().delta(learned(0.5)))).bind(1);
    double[] gradient = new double[Y.length];
    double total = 0;
    for (int i = 0; i < 1000; i++) {
      batch.set(0, 0.5 + i * 1e-3);
      total += batch.run(Y, Y_HAT, W, Y.length, gradient) + batch.settingGradient(0);
    }
    long before = threads.getThreadAllocatedBytes(thread);
    for (int i = 0; i < 1000; i++) {
      batch.set(0, 0.7 + i * 1e-3);
      total += batch.run(Y, Y_HAT, W, Y.length, gradient) + batch.settingGradient(0);
    }
    assertThat(threads.getThreadAllocatedBytes(thread) - before).isLessThan(1000);
    assertThat(total).isFinite();
  }

  @Test
  void settingsOfOneLetterAreToldApartInASum() {
    Loss two = huber(0.5).plus(huber(2));
    assertThat(two.settings()).extracting(Setting::name).containsExactly("delta_1", "delta_2");
    assertThat(two.formula().toString()).contains("δ₁ = 0.5", "δ₂ = 2");
    assertThat(two.formula().latex()).contains("\\delta_{1} = 0.5", "\\delta_{2} = 2");
    assertThat(two.of(Y, Y_HAT))
        .isCloseTo(huber(0.5).of(Y, Y_HAT) + huber(2).of(Y, Y_HAT), within(1e-14));
    assertThat(huber(0.5).plus(mse()).settings())
        .extracting(Setting::name)
        .containsExactly("delta");
    // Three, of which two were a sum already.
    assertThat(two.plus(huber(3)).settings())
        .extracting(Setting::text)
        .containsExactly("δ₁", "δ₂", "δ₃");
  }

  @Test
  void uncertaintyWeighsTasks() {
    Loss tasks = uncertaintyWeighted(mse(), mae());
    assertThat(tasks.of(vector(3, 5), vector(2, 7))).isEqualTo(2);
    assertThat(tasks.formula().toString()).contains("log(σ₁)", "log(σ₂)", "σ₁ = 1");
    BatchLoss batch = new TrainingLoss(tasks).bind(1);
    batch.set(0, 2);
    batch.set(1, 0.5);
    assertThat(batch.run(vector(3, 5), vector(2, 7), null, 2, null))
        .isCloseTo(2.5 / 8 + Math.log(2) + 1.5 / 0.5 + Math.log(0.5), within(1e-15));
    assertThatThrownBy(() -> uncertaintyWeighted(mse(), binaryCrossentropy()))
        .hasMessageStartingWith(
            "uncertaintyWeighted expects losses of the same kind of truth, prediction and reduction");
  }

  @Test
  void aLossOfOneOutputSeesThatOutputAlone() {
    double[][] y = {{1, 7}, {2, 8}};
    double[][] yHat = {{1.5, 9}, {2, 5}};
    assertThat(mse().output(0).of(y, yHat)).isEqualTo(0.125);
    assertThat(mse().output(1).of(y, yHat)).isEqualTo(6.5);
    assertThat(mse().output(0).plus(mae().output(1)).of(y, yHat)).isEqualTo(0.125 + 2.5);
    assertThat(mse().output(1).gradient(y, yHat)).isDeepEqualTo(new double[][] {{0, 2}, {0, -3}});
    double[][] mixed = {{1, 1}, {2, 0}};
    double[] logits = {yHat[0][1], yHat[1][1]};
    assertThat(binaryCrossentropy().fromLogits().output(1).of(mixed, yHat))
        .isCloseTo(binaryCrossentropy().fromLogits().of(vector(1, 0), logits), within(1e-15));
    assertThat(mse().output(1).explain(y, yHat).value()).isEqualTo(6.5);
    assertThatThrownBy(() -> mse().output(2).of(y, yHat))
        .hasMessage(
            "mse[2] expects at least 3 outputs a sample but receives 2: count them from 0, or give the last layer more units.");
    assertThatThrownBy(() -> categoricalCrossentropy().output(0))
        .hasMessageStartingWith("output expects a loss that compares output by output");
  }

  @Test
  void aFreeNumberNeverLeavesTheBounds() {
    double infinity = Double.POSITIVE_INFINITY;
    for (Range range :
        List.of(
            new Range(-infinity, infinity),
            new Range(1, infinity),
            new Range(-infinity, 3),
            new Range(1, 3))) {
      for (double value : new double[] {1.001, 1.5, 2.9}) {
        double free = range.free(value);
        assertThat(range.value(free)).isCloseTo(value, within(1e-12));
        double difference = (range.value(free + 1e-6) - range.value(free - 1e-6)) / 2e-6;
        assertThat(range.slope(free)).isCloseTo(difference, within(1e-8));
      }
      for (double free : new double[] {-30, 30}) {
        assertThat(range.value(free)).isBetween(range.low(), range.high());
      }
    }
  }
}
