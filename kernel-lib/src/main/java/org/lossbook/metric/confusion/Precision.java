package org.lossbook.metric.confusion;

import java.util.Optional;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.formula.Expr;
import org.lossbook.metric.Averaging;
import org.lossbook.metric.Decision;

/**
 * Precision: the share of positive predictions that are correct, \(\frac{TP}{TP + FP}\), from 0 to
 * 1.
 *
 * <p>Use it for rare positives, where accuracy says little: of ten alarms, how many were real? It
 * does not measure what was missed; {@link Recall} does, and {@link FBeta} combines the two. With
 * rows of answers, one-hot or not, every output above one half counts as positive, and all outputs
 * are counted together, as in Keras; with integer labels, which Keras does not accept here, the
 * largest output is the prediction, and the figure is the mean over the classes, like {@code
 * average="macro"} in scikit-learn. {@link #micro}, {@link #macro}, {@link #weighted}, {@link
 * #classId} and {@link #perClass} choose another average. Kent et al. 1955, <i>Machine literature
 * searching VIII</i>.
 *
 * <pre>{@code
 * precision().of(vector(1, 0, 1, 0), vector(0.9, 0.8, 0.7, 0.2))                  // 0.667
 * precision().threshold(0.75).of(vector(1, 0, 1, 0), vector(0.9, 0.8, 0.7, 0.2)) // 0.5
 * }</pre>
 *
 * @question Of all alarms, how many were real?
 * @avoid Alone: one sure alarm makes it 1, whatever is missed.
 */
public final class Precision extends ConfusionMetric<Precision> {
  private Precision(Decision decision, Averaging averaging) {
    super(decision, averaging);
  }

  /** Precision. */
  public static Precision precision() {
    return new Precision(Decision.OPEN, Averaging.OPEN);
  }

  @Override
  public String name() {
    return "precision";
  }

  @Override
  Precision with(Decision decision, Averaging averaging) {
    return new Precision(decision, averaging);
  }

  @Override
  public Expr formula() {
    return Counts.TP.over(Counts.TP.plus(Counts.FP));
  }

  @Override
  double of(double tp, double fp, double fn, double tn) {
    return Averaging.share(tp, tp + fp);
  }

  @Override
  public Optional<Config> config() {
    return Optional.of(counted("Precision"));
  }

  static Precision from(Settings settings) {
    return precision().read(settings, "thresholds");
  }
}
