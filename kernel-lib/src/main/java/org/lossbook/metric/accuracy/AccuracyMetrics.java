package org.lossbook.metric.accuracy;

import org.lossbook.Internal;
import org.lossbook.config.Config;
import org.lossbook.config.Registry;
import org.lossbook.metric.Decision;
import org.lossbook.metric.Metric;

/**
 * The classes by which files name the metrics of this package.
 *
 * @hidden
 */
@Internal
public final class AccuracyMetrics {
  private AccuracyMetrics() {}

  /** The registry with these metrics too. */
  public static Registry<Metric> addTo(Registry<Metric> metrics) {
    return metrics
        .addLossbookOnly("AnyAccuracy", settings -> Accuracy.accuracy())
        .alias("accuracy", Config.ours("AnyAccuracy"))
        .alias("acc", Config.ours("AnyAccuracy"))
        .addLossbookOnly("Accuracy", settings -> ExactAccuracy.exactAccuracy()) // the name is any
        .add("BinaryAccuracy", BinaryAccuracy::from)
        .add("CategoricalAccuracy", settings -> CategoricalAccuracy.categoricalAccuracy())
        .add(
            "SparseCategoricalAccuracy",
            settings -> SparseCategoricalAccuracy.sparseCategoricalAccuracy())
        .add("TopKCategoricalAccuracy", TopKCategoricalAccuracy::from)
        .add("SparseTopKCategoricalAccuracy", SparseTopKCategoricalAccuracy::from);
  }

  /** The metric with this threshold in place of one half; unchanged where it has its own. */
  public static Metric withDefaultThreshold(double threshold, Metric metric) {
    if (metric instanceof BinaryAccuracy binary && binary.threshold() == Decision.HALF) {
      return binary.threshold(threshold);
    }
    return metric instanceof Accuracy ? new Accuracy(threshold) : metric;
  }

  /** The accuracy that these shapes call for. */
  public static Metric meant(Accuracy accuracy, int targets, int outputs) {
    return accuracy.meant(targets, outputs);
  }
}
