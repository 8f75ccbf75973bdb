package org.lossbook.metric.saved;

import org.lossbook.Internal;
import org.lossbook.metric.Decision;
import org.lossbook.metric.Ignoring;
import org.lossbook.metric.Metric;
import org.lossbook.metric.NamedMetric;
import org.lossbook.metric.SampleWeighted;
import org.lossbook.metric.accuracy.AccuracyMetrics;
import org.lossbook.metric.confusion.ConfusionMetrics;

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
    if (metric instanceof Ignoring ignoring) {
      return new Ignoring(of(threshold, ignoring.metric()), ignoring.label());
    }
    return ConfusionMetrics.withDefaultThreshold(
        threshold, AccuracyMetrics.withDefaultThreshold(threshold, metric));
  }
}
