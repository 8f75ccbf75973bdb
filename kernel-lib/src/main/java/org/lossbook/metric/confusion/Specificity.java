package org.lossbook.metric.confusion;

import java.util.Optional;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.formula.Expr;
import org.lossbook.metric.Averaging;
import org.lossbook.metric.Decision;

/**
 * Specificity: the share of negatives that are predicted as negative, \(\frac{TN}{TN + FP}\), from
 * 0 to 1; also called true negative rate.
 *
 * <p>Use it for tests that should not alarm the healthy; it is the {@link Recall} of the negatives.
 * Which predictions count as positive, and how several classes are averaged, is as for {@link
 * Precision}. Yerushalmy 1947, <i>Statistical problems in assessing methods of medical
 * diagnosis</i>.
 *
 * <pre>{@code
 * specificity().of(vector(1, 0, 0, 0), vector(0.9, 0.8, 0.3, 0.2))   // 0.667
 * }</pre>
 *
 * @question Of all negatives, how many were left alone?
 * @avoid Alone: saying no to everything makes it 1.
 */
public final class Specificity extends ConfusionMetric<Specificity> {
  private Specificity(Decision decision, Averaging averaging) {
    super(decision, averaging);
  }

  /** Specificity. */
  public static Specificity specificity() {
    return new Specificity(Decision.OPEN, Averaging.OPEN);
  }

  @Override
  public String name() {
    return "specificity";
  }

  @Override
  Specificity with(Decision decision, Averaging averaging) {
    return new Specificity(decision, averaging);
  }

  @Override
  public Expr formula() {
    return Counts.TN.over(Counts.TN.plus(Counts.FP));
  }

  @Override
  double of(double tp, double fp, double fn, double tn) {
    return Averaging.share(tn, tn + fp);
  }

  @Override
  public Optional<Config> config() {
    return Optional.of(counted("Specificity").asOurs());
  }

  static Specificity from(Settings settings) {
    return specificity().read(settings, "thresholds");
  }
}
