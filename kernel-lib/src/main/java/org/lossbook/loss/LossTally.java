package org.lossbook.loss;

import org.lossbook.metric.Metric;

/** A loss that runs along as a metric, exact over all batches of an epoch. */
final class LossTally implements Metric.Tally {
  private final BatchLoss sum;
  private double total;
  private double weight;

  LossTally(BatchLoss sum) {
    this.sum = sum;
  }

  @Override
  public void add(float[] y, float[] yHat, float[] weights, int rows) {
    total += sum.run(y, yHat, weights, rows, null);
    if (weights == null) {
      weight += rows;
    } else {
      for (int r = 0; r < rows; r++) {
        weight += weights[r];
      }
    }
  }

  @Override
  public double value() {
    return total / weight;
  }

  @Override
  public void reset() {
    total = 0;
    weight = 0;
  }
}
