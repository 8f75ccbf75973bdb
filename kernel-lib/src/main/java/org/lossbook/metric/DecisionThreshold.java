package org.lossbook.metric;

import org.lossbook.Internal;

/**
 * The decision threshold of a model's metrics where it is not one half, such as 0 for logits. It is
 * not part of {@link Metric}, because it depends on the model.
 *
 * @hidden
 */
@Internal
public final class DecisionThreshold {
  private DecisionThreshold() {}

  /**
   * The metric with this threshold in place of one half; unchanged where it has its own, or none.
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
      return counted.withDefaultThreshold(threshold);
    }
    if (metric instanceof BinaryAccuracy binary && binary.threshold() == Decision.HALF) {
      return binary.threshold(threshold);
    }
    if (metric instanceof IoU overlap) {
      return overlap.withDefaultThreshold(threshold);
    }
    if (metric instanceof Agreement agreement && agreement.threshold() == Decision.HALF) {
      return agreement.threshold(threshold);
    }
    return metric instanceof Accuracy ? new Accuracy(threshold) : metric;
  }
}
