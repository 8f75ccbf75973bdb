package org.lossbook.metric;

import java.util.List;
import java.util.Optional;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;

/**
 * Area under the curve (AUC): how well the scores tell yes from no whatever the threshold: the area
 * under a curve, from 0 to 1.
 *
 * <p>Under the receiver operating characteristic, unless said otherwise: the share of yes that is
 * found (recall) over the share of no that is taken for yes, for every threshold. It is the
 * probability that a yes gets a larger score than a no, equal scores counting half, so 0.5 is
 * guessing. With {@link #precisionRecall()} it is the area under precision over recall, which a
 * crowd of easy noes does not flatter; guessing is then the share of yes. Between two thresholds
 * precision goes as Davis and Goadrich say, as in Keras; it is no straight line.
 *
 * <p>The area is exact over the whole set. Keras counts at 200 thresholds and comes near it as
 * these grow. The price is that all scores are kept until the epoch's end, 8 bytes each (16 with
 * weights), and sorted.
 *
 * <p>Where there is no yes or no no at all, there is nothing to tell apart and the figure is NaN;
 * Keras says 0 there, which would read as always wrong. (The area under precision and recall needs
 * a yes alone.) Rows of answers are taken together, as in Keras; beside integer labels, each class
 * is told from all others and the figure is the mean over those classes that have one, as {@code
 * multi_class="ovr"} is in scikit-learn. Hanley and McNeil 1982, <i>The meaning and use of the area
 * under a receiver operating characteristic curve</i>; Davis and Goadrich 2006, <i>The relationship
 * between precision-recall and ROC curves</i>.
 *
 * <pre>{@code
 * auc().of(vector(0, 0, 1, 1), vector(0.1, 0.4, 0.35, 0.8))                     // 0.75
 * auc().precisionRecall().of(vector(0, 0, 1, 1), vector(0.1, 0.4, 0.35, 0.8))   // 0.797
 * }</pre>
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

  /** The area under precision over recall. */
  public Auc precisionRecall() {
    return new Auc(true, averaging());
  }

  @Override
  public String name() {
    return "auc";
  }

  /**
   * The curves themselves: one for each class, told from all others; one alone for a single output.
   */
  public List<RankingCurve> curves(Object y, Object yHat) {
    var each = with(Averaging.of(Averaging.Kind.MACRO));
    MetricInputs given = MetricInputs.of(each, y, yHat);
    return given.filled(each.figures(given.targets(), given.outputs())).curves();
  }

  @Override
  Auc with(Averaging averaging) {
    return new Auc(recall, averaging);
  }

  @Override
  RankingTally figures(int targets, int outputs) {
    Truth truth = Truth.of("auc", targets, outputs);
    var usual = truth == Truth.ANSWERS ? Averaging.Kind.MICRO : Averaging.Kind.MACRO;
    return new RankingTally(truth, recall, averaging().or(usual), outputs);
  }

  @Override
  public Optional<Config> config() {
    Config auc = Config.of("keras.metrics", "AUC").with("curve", recall ? "PR" : "ROC");
    return Optional.of(averaging().equals(Averaging.OPEN) ? auc : averaged(auc).asOurs());
  }

  static Auc from(Settings settings) {
    settings
        .ignore("num_thresholds", "thresholds") // here the area is exact
        .only("summation_method", "interpolation")
        .only("curve", "ROC", "PR");
    Auc auc = settings.text("curve", "ROC").equals("PR") ? auc().precisionRecall() : auc();
    if (settings.flag("multi_label", false)) {
      settings.ignore("num_labels");
      auc = auc.macro();
    }
    return auc.read(settings);
  }
}
