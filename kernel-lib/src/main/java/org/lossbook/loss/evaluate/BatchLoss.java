package org.lossbook.loss.evaluate;

import org.lossbook.Internal;
import org.lossbook.loss.spec.LossSpec;

/**
 * Loss of a batch, compiled for a model's output: what a training step calls. Allocates nothing.
 *
 * @hidden
 */
@Internal
public interface BatchLoss {
  /**
   * The loss of the first {@code rows} samples after its reduction over them, and its gradient.
   *
   * @param y targets, {@code rows × targets} (one a sample for integer labels)
   * @param yHat predictions, {@code rows × outputs}
   * @param weights one a sample, or null for all ones
   * @param rows samples in this batch
   * @param gradient receives dL/dŷ, {@code rows × outputs}; null where only the value is wanted
   */
  double run(float[] y, float[] yHat, float[] weights, int rows, float[] gradient);

  /** The same in doubles, for checks that floats are too coarse for. */
  double run(double[] y, double[] yHat, double[] weights, int rows, double[] gradient);

  /** Sets number {@code i} of {@link LossSpec#movingSettings()} for the runs to come. */
  void set(int i, double value);

  /**
   * The derivative of the last run's loss with respect to setting {@code i} of {@link
   * LossSpec#movingSettings()}, one that is learned, where the gradient was wanted.
   */
  double settingGradient(int i);

  /**
   * How many numbers over the samples the loss is made of; one, unless it sums losses with
   * different reductions.
   */
  int parts();

  /** Part {@code i} of the last run. */
  double part(int i);

  /** What part {@code i} of the last run was divided by: samples, the sum of weights, or 1. */
  double divisor(int i);

  /** Whether the parts {@code i} of several batches add up, divided by nothing. */
  boolean isSum(int i);

  /** The loss from its parts. */
  double finished(double[] parts);
}
