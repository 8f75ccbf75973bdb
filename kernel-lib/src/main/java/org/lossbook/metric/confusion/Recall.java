package org.lossbook.metric.confusion;

import java.util.Optional;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.formula.Expr;
import org.lossbook.metric.Averaging;
import org.lossbook.metric.Decision;

/**
 * Recall: the share of positives that are predicted as positive, \(\frac{TP}{TP + FN}\), from 0 to
 * 1; also called sensitivity or true positive rate.
 *
 * <p>Use it for rare positives that are costly to miss: of ten ill patients, how many were found?
 * Predicting yes for everyone makes it 1, so look at {@link Precision} as well. Which predictions
 * count as positive, and how several classes are averaged, is as for {@link Precision}. Kent et al.
 * 1955, <i>Machine literature searching VIII</i>.
 *
 * <pre>{@code
 * recall().of(vector(1, 0, 1, 1), vector(0.9, 0.8, 0.7, 0.2))   // 0.667
 * recall().macro().of(vector(0, 0, 1), matrix(row(0.9, 0.1), row(0.3, 0.7), row(0.2, 0.8))) // 0.75
 * }</pre>
 *
 * @question Of all positives, how many were found?
 * @avoid Alone: saying yes to everything makes it 1.
 */
public final class Recall extends ConfusionMetric<Recall> {
  private Recall(Decision decision, Averaging averaging) {
    super(decision, averaging);
  }

  /** Recall. */
  public static Recall recall() {
    return new Recall(Decision.OPEN, Averaging.OPEN);
  }

  @Override
  public String name() {
    return "recall";
  }

  @Override
  Recall with(Decision decision, Averaging averaging) {
    return new Recall(decision, averaging);
  }

  @Override
  public Expr formula() {
    return Counts.TP.over(Counts.TP.plus(Counts.FN));
  }

  @Override
  double of(double tp, double fp, double fn, double tn) {
    return Averaging.share(tp, tp + fn);
  }

  @Override
  public Optional<Config> config() {
    return Optional.of(counted("Recall"));
  }

  static Recall from(Settings settings) {
    return recall().read(settings, "thresholds");
  }
}
