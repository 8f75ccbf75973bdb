package org.lossbook.metric;

import java.util.Optional;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;

/**
 * Precision: how much of what is said to be so is so, \(\frac{TP}{TP + FP}\), a share from 0 to 1.
 *
 * <p>For few among many, where a share of right answers says little: of ten alarms, how many were
 * none? It says nothing of what was missed; {@link Recall} does, and {@link FBeta} weighs the two.
 * Beside rows of answers, one-hot or not, every output above one half is a yes, and all are counted
 * together, as in Keras; beside integer labels, which Keras does not take, the largest output is
 * the answer, and the figure is the mean over the classes, as {@code average="macro"} is in
 * scikit-learn. {@link #micro}, {@link #macro}, {@link #weighted}, {@link #classId} and {@link
 * #perClass} choose among these. Kent and others 1955, <i>Machine literature searching VIII</i>.
 *
 * <pre>{@code
 * precision().of(vector(1, 0, 1, 0), vector(0.9, 0.8, 0.7, 0.2))                  // 0.667
 * precision().threshold(0.75).of(vector(1, 0, 1, 0), vector(0.9, 0.8, 0.7, 0.2)) // 0.5
 * }</pre>
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
  double of(double tp, double fp, double fn, double tn) {
    return share(tp, tp + fp);
  }

  @Override
  public Optional<Config> config() {
    return Optional.of(counted("Precision"));
  }

  static Precision from(Settings settings) {
    return precision().read(settings, "thresholds");
  }
}
