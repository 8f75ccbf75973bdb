package org.lossbook.metric.ranking;

import java.util.Optional;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.metric.AveragedMetric;
import org.lossbook.metric.Averaging;
import org.lossbook.metric.Truth;

/**
 * Average precision: the mean of the precision at each positive, when the samples are ranked by
 * their scores, \(\sum_k (R_k - R_{k-1}) P_k\) over the thresholds with their recalls R and
 * precisions P, from 0 to 1.
 *
 * <p>Use it for rankings of rare positives, such as hits of a search. It is the area under the
 * precision-recall curve drawn in steps; {@link Auc#precisionRecall} interpolates between
 * thresholds and gives a little more. It is exact over the whole set, as in scikit-learn, so all
 * scores are kept until the end of the epoch. Without any positives it is NaN. Rows of answers are
 * counted together; with integer labels it is the mean over the classes that occur. Manning,
 * Raghavan and Schütze 2008, <i>Introduction to Information Retrieval</i>, section 8.4.
 *
 * <pre>{@code
 * averagePrecision().of(vector(0, 0, 1, 1), vector(0.1, 0.4, 0.35, 0.8))   // 0.833
 * }</pre>
 *
 * @question How precise is the ranking, from the top down?
 * @use For rare positives and for search results, where the top counts.
 * @avoid To compare data sets: it depends on the share of positives.
 */
public final class AveragePrecision extends AveragedMetric<AveragePrecision> {
  private AveragePrecision(Averaging averaging) {
    super(averaging);
  }

  /** Average precision. */
  public static AveragePrecision averagePrecision() {
    return new AveragePrecision(Averaging.OPEN);
  }

  @Override
  public String name() {
    return "average_precision";
  }

  @Override
  protected AveragePrecision with(Averaging averaging) {
    return new AveragePrecision(averaging);
  }

  @Override
  protected ClassFigures figures(int targets, int outputs) {
    Truth truth = Truth.of("averagePrecision", targets, outputs);
    var usual = truth == Truth.ANSWERS ? Averaging.Kind.MICRO : Averaging.Kind.MACRO;
    return new RankingTally(truth, Ranking.Area.AVERAGE_PRECISION, averaging().or(usual), outputs);
  }

  @Override
  public Optional<Config> config() {
    return Optional.of(averaged(Config.ours("AveragePrecision")));
  }

  static AveragePrecision from(Settings settings) {
    return averagePrecision().read(settings);
  }
}
