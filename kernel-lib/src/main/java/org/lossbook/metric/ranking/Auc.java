package org.lossbook.metric.ranking;

import java.util.List;
import java.util.Optional;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.metric.AveragedMetric;
import org.lossbook.metric.Averaging;
import org.lossbook.metric.MetricInputs;
import org.lossbook.metric.Truth;

/**
 * Area under the curve (AUC): how well scores separate yes from no at any threshold, from 0 to 1.
 *
 * <p>By default it is the area under the receiver operating characteristic (ROC): the true positive
 * rate (recall) over the false positive rate at every threshold. It is the probability that a
 * positive gets a larger score than a negative, ties counting one half, so 0.5 is guessing. With
 * {@link #precisionRecall()} it is the area under the precision-recall curve, which many easy
 * negatives do not inflate; guessing then gives the share of positives. Between two thresholds,
 * precision is interpolated after Davis and Goadrich, as in Keras, not linearly.
 *
 * <p>The area is exact over the whole set. Keras approximates it with 200 thresholds by default. In
 * exchange, all scores are kept until the end of the epoch, 8 bytes each (16 with weights), and
 * sorted.
 *
 * <p>Without any positives or without any negatives the figure is NaN, as there is nothing to
 * separate; Keras gives 0, which would mean always wrong. (The area under the precision-recall
 * curve needs positives only.) Rows of answers are counted together, as in Keras; with integer
 * labels, each class is compared with all others, and the figure is the mean over the classes for
 * which it is defined, like {@code multi_class="ovr"} in scikit-learn. Hanley and McNeil 1982,
 * <i>The meaning and use of the area under a receiver operating characteristic curve</i>; Davis and
 * Goadrich 2006, <i>The relationship between precision-recall and ROC curves</i>.
 *
 * <pre>{@code
 * auc().of(vector(0, 0, 1, 1), vector(0.1, 0.4, 0.35, 0.8))                     // 0.75
 * auc().precisionRecall().of(vector(0, 0, 1, 1), vector(0.1, 0.4, 0.35, 0.8))   // 0.797
 * }</pre>
 *
 * @question Does a positive score higher than a negative?
 * @use To compare scores before a threshold is chosen.
 * @avoid With few positives: {@link #precisionRecall()} says more. It also says nothing of
 *     calibration.
 */
public final class Auc extends AveragedMetric<Auc> {
  private final boolean recall;

  private Auc(boolean recall, Averaging averaging) {
    super(averaging);
    this.recall = recall;
  }

  /** The area under the receiver operating characteristic. */
  public static Auc auc() {
    return new Auc(false, Averaging.OPEN);
  }

  /** The area under the precision-recall curve. */
  public Auc precisionRecall() {
    return new Auc(true, averaging());
  }

  @Override
  public String name() {
    return "auc";
  }

  /** The curves themselves: one for each class against all others, or one for a single output. */
  public List<RankingCurve> curves(Object y, Object yHat) {
    var each = with(Averaging.of(Averaging.Kind.MACRO));
    MetricInputs given = MetricInputs.of(each, y, yHat);
    return given.filled(each.figures(given.targets(), given.outputs())).curves();
  }

  @Override
  protected Auc with(Averaging averaging) {
    return new Auc(recall, averaging);
  }

  @Override
  protected RankingTally figures(int targets, int outputs) {
    Truth truth = Truth.of("auc", targets, outputs);
    var usual = truth == Truth.ANSWERS ? Averaging.Kind.MICRO : Averaging.Kind.MACRO;
    return new RankingTally(
        truth,
        recall ? Ranking.Area.PRECISION_RECALL : Ranking.Area.ROC,
        averaging().or(usual),
        outputs);
  }

  @Override
  public Optional<Config> config() {
    Config auc = Config.of("keras.metrics", "AUC").with("curve", recall ? "PR" : "ROC");
    return Optional.of(averaging().equals(Averaging.OPEN) ? auc : averaged(auc).asOurs());
  }

  static Auc from(Settings settings) {
    settings
        .ignore("num_thresholds", "thresholds") // here the area is exact
        .requireOneOf("summation_method", "interpolation")
        .requireOneOf("curve", "ROC", "PR");
    Auc auc = settings.text("curve", "ROC").equals("PR") ? auc().precisionRecall() : auc();
    if (settings.flag("multi_label", false)) {
      settings.ignore("num_labels");
      auc = auc.macro();
    }
    return auc.read(settings);
  }
}
