package org.lossbook.metric.ranking;

import org.lossbook.Internal;
import org.lossbook.config.Registry;
import org.lossbook.metric.Metric;

/**
 * The classes by which files name the metrics of this package.
 *
 * @hidden
 */
@Internal
public final class RankingMetrics {
  private RankingMetrics() {}

  /** The registry with these metrics too. */
  public static Registry<Metric> addTo(Registry<Metric> metrics) {
    return metrics
        .add("AUC", Auc::from)
        .add("PrecisionAtRecall", OperatingPoint::from)
        .add("RecallAtPrecision", OperatingPoint::from)
        .add("SensitivityAtSpecificity", OperatingPoint::from)
        .add("SpecificityAtSensitivity", OperatingPoint::from)
        .addLossbookOnly("AveragePrecision", AveragePrecision::from)
        .addLossbookOnly("HitRate", HitRate::from)
        .addLossbookOnly("MeanReciprocalRank", MeanReciprocalRank::from)
        .addLossbookOnly("Ndcg", Ndcg::from);
  }
}
