package org.lossbook.loss.evaluate;

import org.lossbook.loss.spec.LossSpec;
import org.lossbook.loss.spec.Reduction;

/**
 * The common part of losses that loops compute: one part, no settings, and arrays that grow with
 * the batch, in which single precision becomes double.
 */
abstract class LoopedLoss implements CompiledLoss {
  final LossSpec loss;

  /** The result of the last run, and what its sum was divided by. */
  double value;

  double divisor;

  private final int columns;
  private double[] truth = {};
  private double[] predictions = {};
  private double[] gradients = {};
  private double[] counts = {};

  LoopedLoss(LossSpec loss, int columns) {
    this.loss = loss;
    this.columns = columns;
  }

  @Override
  public final int columns() {
    return columns;
  }

  @Override
  public double run(float[] y, float[] yHat, float[] weights, int rows, float[] gradient) {
    int size = rows * columns;
    if (predictions.length < size) {
      truth = new double[rows];
      counts = new double[rows];
      predictions = new double[size];
      gradients = new double[size];
    }
    for (int i = 0; i < rows; i++) {
      truth[i] = y[i];
      counts[i] = weights == null ? 1 : weights[i];
    }
    for (int i = 0; i < size; i++) {
      predictions[i] = yHat[i];
    }
    double[] each = weights == null ? null : counts;
    double result = run(truth, predictions, each, rows, gradient == null ? null : gradients);
    for (int i = 0; gradient != null && i < size; i++) {
      gradient[i] = (float) gradients[i];
    }
    return result;
  }

  @Override
  public final void set(int i, double number) {
    throw new IllegalStateException(loss.name() + " has no scheduled or learned setting.");
  }

  @Override
  public final double settingGradient(int i) {
    throw new IllegalStateException(loss.name() + " has no scheduled or learned setting.");
  }

  @Override
  public final int parts() {
    return 1;
  }

  @Override
  public final double part(int i) {
    return value;
  }

  @Override
  public final double divisor(int i) {
    return divisor;
  }

  @Override
  public final boolean isSum(int i) {
    return loss.reduction() == Reduction.SUM;
  }

  @Override
  public final double finished(double[] parts) {
    return parts[0];
  }
}
