package org.lossbook.metric;

import org.lossbook.Internal;

/**
 * What a metric takes for a yes in a model that says it by another number than one half, such as a
 * logit above 0. It stands beside {@link Metric} and not in it, being a model's affair.
 *
 * @hidden
 */
@Internal
public final class DecisionThreshold {
  private DecisionThreshold() {}

  /**
   * The metric with this threshold in place of one half; itself where it was given one, or has
   * none.
   */
  public static Metric of(double threshold, Metric metric) {
    if (threshold == Decision.HALF) {
      return metric;
    }
    if (metric instanceof NamedMetric named) {
      return of(threshold, named.metric()).named(named.name());
    }
    if (metric instanceof SampleWeighted weighted) {
      return of(threshold, weighted.metric()).sampleWeighted();
    }
    if (metric instanceof ConfusionMetric<?> counted) {
      return counted.usually(threshold);
    }
    if (metric instanceof BinaryAccuracy binary && binary.threshold() == Decision.HALF) {
      return binary.threshold(threshold);
    }
    return metric instanceof Accuracy ? new Accuracy(threshold) : metric;
  }
}
