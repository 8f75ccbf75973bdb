package org.lossbook.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.lossbook.Lossbook.*;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lossbook.data.Values;
import org.lossbook.loss.EveryLoss.Example;
import org.lossbook.metric.Metric;

/** Any loss may stand among the metrics, where it says of batches what it says of all samples. */
class EveryLossIsAMetricTest {
  private static final int ROWS = 210;

  /** Those that do not compare the samples of a batch, nor are a number of the whole batch. */
  static Stream<Loss> losses() {
    return EveryLoss.inEveryForm().stream()
        .filter(
            loss ->
                loss.spec().isFormula() && !loss.spec().formula().seesWholeBatch()
                    || loss.name().equals("rmse"));
  }

  /** Those are the mean over the batches, each by its samples, as in Keras. */
  static Stream<Loss> othersLosses() {
    List<Loss> each = losses().toList();
    List<String> names = each.stream().map(Loss::name).toList();
    return EveryLoss.plain().stream()
        .filter(loss -> !names.contains(loss.name()) && !Example.isSequence(loss));
  }

  @ParameterizedTest
  @MethodSource("losses")
  void overBatchesItIsWhatTheLossSaysOfAllSamples(Loss loss) {
    if (!loss.spec().movingSettings().isEmpty()) {
      assertThatThrownBy(() -> loss.tally(1, 3)).hasMessageContaining("scheduled or learned");
      return;
    }
    Example all = Example.of(loss, ROWS, 1);
    double expected = loss.of(values(all.y(), all), values(all.p(), all));
    for (int size : new int[] {ROWS, 64, 7, 1}) {
      assertThat(inBatches(loss, all, size))
          .isCloseTo(expected, within(1e-5 * (1 + Math.abs(expected))));
    }
  }

  @ParameterizedTest
  @MethodSource("othersLosses")
  void aLossThatSeesItsBatchAsAWholeIsTheMeanOverTheBatches(Loss loss) {
    if (!loss.spec().movingSettings().isEmpty()) {
      assertThatThrownBy(() -> loss.tally(1, 3)).hasMessageContaining("scheduled or learned");
      return;
    }
    Example all = Example.of(loss, 42, 2);
    double whole = loss.of(values(all.y(), all), values(all.p(), all));
    assertThat(inBatches(loss, all, 42)).isCloseTo(whole, within(1e-5 * (1 + Math.abs(whole))));
    assertThat(inBatches(loss, all, 21)).isFinite();
  }

  @Test
  void aMetricThatMovesIsRefusedWhenTheModelIsMade() {
    var network = sequential(input(1), dense(1));
    assertThatThrownBy(
            () -> network.compile(sgd(), mse(), huber().delta(scheduled(epoch -> 1.0 + epoch))))
        .hasMessage(
            "huber with delta scheduled or learned is meant to be minimized by training but"
                + " is given as a metric, whose values could not be compared between epochs: as the metric, use one whose settings are numbers.");
  }

  private static double inBatches(Loss loss, Example all, int size) {
    int targets = all.y().length / all.rows();
    Metric.Tally tally = loss.tally(targets, all.columns());
    for (int from = 0; from < all.rows(); from += size) {
      int rows = Math.min(size, all.rows() - from);
      tally.add(
          part(all.y(), from, rows, targets), part(all.p(), from, rows, all.columns()), null, rows);
    }
    return tally.value();
  }

  private static float[] part(double[] all, int from, int rows, int width) {
    double[] part = Arrays.copyOfRange(all, from * width, (from + rows) * width);
    float[] floats = new float[part.length];
    for (int i = 0; i < part.length; i++) {
      floats[i] = (float) part[i];
    }
    return floats;
  }

  private static Values values(double[] numbers, Example all) {
    int width = numbers.length / all.rows();
    return width == 1 && all.columns() > 1
        ? Values.of(numbers, all.rows())
        : Values.of(numbers, all.rows(), width);
  }
}
