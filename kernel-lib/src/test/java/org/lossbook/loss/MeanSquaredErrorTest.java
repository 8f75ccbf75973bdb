package org.lossbook.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.lossbook.Lossbook.mae;
import static org.lossbook.Lossbook.matrix;
import static org.lossbook.Lossbook.mse;
import static org.lossbook.Lossbook.row;
import static org.lossbook.Lossbook.vector;

import org.junit.jupiter.api.Test;
import org.lossbook.loss.evaluate.BatchLoss;

class MeanSquaredErrorTest {
  private final double[] y = vector(3, 5);
  private final double[] yHat = vector(2.5, 5.5);

  @Test
  void theWorkedExampleComesOutAsAQuarter() {
    assertThat(mse().of(y, yHat)).isEqualTo(0.25);
    assertThat(mse().of(3, 2.5)).isEqualTo(0.25);
    assertThat(mse().gradient(y, yHat)).containsExactly(-0.5, 0.5);
    assertThat(mse().gradient(3, 2.5)).isEqualTo(-1);
    assertThat(mae().of(y, yHat)).isEqualTo(0.5);
    assertThat(mae().gradient(y, yHat)).containsExactly(-0.5, 0.5);
  }

  @Test
  void theDerivativeIsWrittenAsATextbookWouldWriteIt() {
    assertThat(mse().spec().objective(false).toString()).isEqualTo("1/n Σᵢ (yᵢ − ŷᵢ)²");
    assertThat(mse().spec().objective(false).gradient(mse().spec().p()).toString())
        .isEqualTo("2(ŷ − y)/n");
  }

  @Test
  void aMatrixHasASampleARow() {
    double[][] truth = matrix(row(1, 2), row(3, 4));
    double[][] guess = matrix(row(1, 1), row(3, 2));
    assertThat(mse().perSample(truth, guess)).containsExactly(0.5, 2);
    assertThat(mse().of(truth, guess)).isEqualTo(1.25);
    assertThat(mse().sum().of(truth, guess)).isEqualTo(2.5);
    assertThat(mse().of(truth, guess, vector(1, 0))).isEqualTo(0.25);
    assertThat(mse().gradient(truth, guess)).isDeepEqualTo(matrix(row(0, -0.5), row(0, -1)));
  }

  @Test
  void aBoundLossWorksOnFloatsBatchAfterBatch() {
    BatchLoss loss = new TrainingLoss(mse()).bind(2);
    float[] gradient = new float[4];
    float[] truth = {1, 2, 3, 4};
    float[] guess = {1, 1, 3, 2};
    assertThat(loss.run(truth, guess, null, 2, gradient)).isEqualTo(1.25);
    assertThat(gradient).containsExactly(new float[] {0, -0.5f, 0, -1}, within(0f));
    assertThat(loss.run(truth, guess, null, 1, gradient)).isEqualTo(0.5);
    assertThat(gradient).containsExactly(new float[] {0, -1, 0, -1}, within(0f));
    assertThat(loss.run(truth, guess, new float[] {1, 0}, 2, null)).isCloseTo(0.25, within(1e-12));
  }
}
