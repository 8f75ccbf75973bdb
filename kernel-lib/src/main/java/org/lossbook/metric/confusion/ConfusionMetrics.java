package org.lossbook.metric.confusion;

import org.lossbook.Internal;
import org.lossbook.config.Config;
import org.lossbook.config.Registry;
import org.lossbook.metric.Metric;

/**
 * The classes by which files name the metrics of this package.
 *
 * @hidden
 */
@Internal
public final class ConfusionMetrics {
  private ConfusionMetrics() {}

  /** The registry with these metrics too. */
  public static Registry<Metric> addTo(Registry<Metric> metrics) {
    return metrics
        .add("Precision", Precision::from)
        .add("Recall", Recall::from)
        .addLossbookOnly("Specificity", Specificity::from)
        .alias("specificity", Config.ours("Specificity"))
        .add("TruePositives", ConfusionCount::from)
        .add("TrueNegatives", ConfusionCount::from)
        .add("FalsePositives", ConfusionCount::from)
        .add("FalseNegatives", ConfusionCount::from)
        .add("F1Score", FBeta::from)
        .alias("f1_score", Config.of("keras.metrics", "F1Score").with("average", "macro"))
        .add("FBetaScore", FBeta::from)
        .alias("fbeta_score", Config.of("keras.metrics", "FBetaScore").with("average", "macro"))
        .add("IoU", IoU::from)
        .add("MeanIoU", IoU::from)
        .add("BinaryIoU", IoU::from)
        .add("OneHotIoU", IoU::from)
        .add("OneHotMeanIoU", IoU::from)
        .addLossbookOnly("MatthewsCorrelation", Agreement::from)
        .addLossbookOnly("CohenKappa", Agreement::from)
        .addLossbookOnly("BalancedAccuracy", Agreement::from);
  }

  /** The metric with this threshold in place of one half; unchanged where it has its own. */
  public static Metric withDefaultThreshold(double threshold, Metric metric) {
    if (metric instanceof ConfusionMetric<?> counted) {
      return counted.withDefaultThreshold(threshold);
    }
    if (metric instanceof IoU overlap) {
      return overlap.withDefaultThreshold(threshold);
    }
    return metric instanceof Agreement agreement
        ? agreement.withDefaultThreshold(threshold)
        : metric;
  }
}
