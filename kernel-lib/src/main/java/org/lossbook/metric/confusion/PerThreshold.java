package org.lossbook.metric.confusion;

import java.util.List;

/**
 * The figures of a metric at several thresholds, in their order, as Keras has for a list of them.
 *
 * <pre>{@code
 * recall().thresholds(0.3, 0.75).of(vector(1, 0, 1, 0), vector(0.9, 0.8, 0.7, 0.2)) // [1, 0.5]
 * }</pre>
 */
public final class PerThreshold {
  private final List<? extends ConfusionMetric<?>> metrics;

  PerThreshold(List<? extends ConfusionMetric<?>> metrics) {
    this.metrics = metrics;
  }

  /** The figures for predictions {@code yHat} where the truth is {@code y}. */
  public double[] of(Object y, Object yHat) {
    return metrics.stream().mapToDouble(metric -> metric.of(y, yHat)).toArray();
  }

  /** The figures with a weight for each sample. */
  public double[] of(Object y, Object yHat, Object weights) {
    return metrics.stream().mapToDouble(metric -> metric.of(y, yHat, weights)).toArray();
  }

  /** {@code recall at 2 thresholds}. */
  @Override
  public String toString() {
    return metrics.get(0).name() + " at " + metrics.size() + " thresholds";
  }
}
