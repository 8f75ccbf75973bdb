package org.lossbook.metric.regression;

import java.util.Optional;
import org.lossbook.base.Messages;
import org.lossbook.config.Config;
import org.lossbook.metric.Averaging;
import org.lossbook.metric.Metric;
import org.lossbook.metric.MetricInputs;

/**
 * The mean or the sum of values, each times its weight:
 *
 * <ul>
 *   <li>{@link #mean}: \(\frac{\sum_i w_i v_i}{\sum_i w_i}\), 0 where all weights are 0.
 *   <li>{@link #sum}: \(\sum_i w_i v_i\).
 * </ul>
 *
 * <p>As Keras's {@code Mean} and {@code Sum} they take values and weights in place of truth and
 * prediction. So does a model that is compiled with one, and therefore a model's file that Keras
 * wrote: the targets are the values and the predictions are the weights. Weights of samples
 * multiply the others.
 *
 * <pre>{@code
 * mean().of(vector(1, 3, 5, 7))                      // 4
 * mean().of(vector(1, 3, 5, 7), vector(1, 1, 0, 0))  // 2
 * sum().of(vector(1, 3, 5, 7), vector(1, 1, 0, 0))   // 4
 * }</pre>
 *
 * @question What do all the numbers add up to, or average?
 * @use For a figure that a model computes itself, such as a cost.
 * @avoid As a measure of error: it never looks at the truth.
 */
public final class Total implements Metric, MetricInputs.Called {
  private final boolean isMean;

  private Total(boolean isMean) {
    this.isMean = isMean;
  }

  /** The mean of values. */
  public static Total mean() {
    return new Total(true);
  }

  /** The sum of values. */
  public static Total sum() {
    return new Total(false);
  }

  /** The figure of values that all count once. */
  public double of(Object values) {
    float[] all = MetricInputs.of(this, values, values).y();
    double sum = 0;
    for (float value : all) {
      sum += value;
    }
    return isMean ? Averaging.share(sum, all.length) : sum;
  }

  @Override
  public String factory() {
    return name();
  }

  @Override
  public String name() {
    return isMean ? "mean" : "sum";
  }

  @Override
  public Tally tally(int targets, int outputs) {
    if (targets != outputs && outputs != 1) {
      throw Messages.wrong(
          "%s expects a weight for each of the %d values of a sample, or one for all, but receives %d: as in Keras it takes values and weights, not predictions.",
          name(), targets, outputs);
    }
    return new Tally() {
      private double sum;
      private double weight;

      @Override
      public void add(float[] y, float[] yHat, float[] weights, int rows) {
        for (int i = 0; i < rows * targets; i++) {
          double own = yHat[outputs == 1 ? i / targets : i];
          double w = weights == null ? own : own * weights[i / targets];
          sum += w * y[i];
          weight += w;
        }
      }

      @Override
      public double value() {
        return isMean ? Averaging.share(sum, weight) : sum;
      }

      @Override
      public void reset() {
        sum = 0;
        weight = 0;
      }
    };
  }

  @Override
  public Optional<Config> config() {
    return Optional.of(Config.of("keras.metrics", isMean ? "Mean" : "Sum"));
  }

  /** Its name in the history. */
  @Override
  public String toString() {
    return name();
  }
}
