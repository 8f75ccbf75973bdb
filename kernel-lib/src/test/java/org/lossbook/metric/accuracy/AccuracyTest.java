package org.lossbook.metric.accuracy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.lossbook.Lossbook.accuracy;
import static org.lossbook.Lossbook.binaryAccuracy;
import static org.lossbook.Lossbook.categoricalAccuracy;
import static org.lossbook.Lossbook.mae;
import static org.lossbook.Lossbook.sparseCategoricalAccuracy;

import org.junit.jupiter.api.Test;
import org.lossbook.metric.Metric;

class AccuracyTest {
  private static final float[] SCORES = {0.1f, 0.7f, 0.2f, 0.5f, 0.3f, 0.2f, 0.2f, 0.2f, 0.6f};

  @Test
  void aSingleOutputCountsAsYesAboveOneHalf() {
    Metric.Tally tally = accuracy().tally(1, 1);
    tally.add(new float[] {1, 1, 0, 0}, new float[] {0.6f, 0.5f, 0.4f, 0.9f}, null, 4);
    assertThat(tally.value()).isEqualTo(0.5);
  }

  @Test
  void integerLabelsAreComparedWithTheLargestScore() {
    Metric.Tally tally = accuracy().tally(1, 3);
    tally.add(new float[] {1, 2, 2}, SCORES, null, 3);
    assertThat(tally.value()).isCloseTo(2.0 / 3, within(1e-12));
  }

  @Test
  void oneHotRowsAreComparedByTheirLargestScore() {
    Metric.Tally tally = accuracy().tally(3, 3);
    tally.add(new float[] {0, 1, 0, 0, 0, 1, 0, 0, 1}, SCORES, null, 3);
    assertThat(tally.value()).isCloseTo(2.0 / 3, within(1e-12));
  }

  @Test
  void batchesAddUpAndWeightsWeigh() {
    Metric.Tally tally = sparseCategoricalAccuracy().tally(1, 3);
    tally.add(new float[] {1, 2}, SCORES, new float[] {3, 1}, 2);
    tally.add(new float[] {1}, SCORES, new float[] {4}, 1);
    assertThat(tally.value()).isEqualTo(7.0 / 8);
    tally.reset();
    assertThat(tally.value()).isNaN();
  }

  @Test
  void severalYesNoAnswersCountAsTheirMean() {
    Metric.Tally tally = binaryAccuracy().threshold(0).tally(2, 2);
    tally.add(new float[] {1, 0}, new float[] {0.3f, 0.2f}, null, 1);
    assertThat(tally.value()).isEqualTo(0.5);
  }

  @Test
  void aLossRunsAlongAsAMetric() {
    Metric.Tally tally = mae().tally(1, 1);
    assertThat(mae().name()).isEqualTo("mae");
    tally.add(new float[] {3, 5}, new float[] {2.5f, 5.5f}, null, 2);
    tally.add(new float[] {3}, new float[] {1}, null, 1);
    assertThat(tally.value()).isEqualTo(1);
    tally.reset();
    tally.add(new float[] {3, 5}, new float[] {2, 5.5f}, new float[] {3, 1}, 2);
    assertThat(tally.value()).isEqualTo(3.5 / 4);
  }

  @Test
  void shapesThatAMetricHasNoMeaningForAreRefused() {
    assertThatThrownBy(() -> categoricalAccuracy().tally(1, 10))
        .hasMessage(
            "categoricalAccuracy expects 10 numbers a target, as many as the prediction has, but"
                + " receives 1: take sparseCategoricalAccuracy() for integer labels.");
    assertThatThrownBy(() -> sparseCategoricalAccuracy().tally(10, 10))
        .hasMessageContaining("take categoricalAccuracy() for one-hot rows");
    assertThatThrownBy(() -> binaryAccuracy().tally(2, 1)).hasMessageContaining("give the last");
  }
}
