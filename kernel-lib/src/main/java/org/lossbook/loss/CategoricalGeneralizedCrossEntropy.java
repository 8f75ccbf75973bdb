package org.lossbook.loss;

import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.formula.Expr;
import org.lossbook.loss.spec.LossSpec;
import org.lossbook.loss.spec.Prediction;
import org.lossbook.loss.spec.ScheduledOrLearned;
import org.lossbook.loss.spec.Setting;
import org.lossbook.loss.spec.Target;

/**
 * Generalized cross-entropy: how far the true class's probability is from one, on a scale between
 * absolute error (q towards 1) and cross-entropy (q towards 0), \(\frac{1}{n}\sum_i \frac{1 - \hat
 * y_{i,y_i}^q}{q}\), without a unit.
 *
 * <p>For classes whose labels are often wrong: a loss that never exceeds 1/q does not chase them.
 * Labels are integers, as in Keras, and q is 0.5. The slope grows without bound towards a
 * probability of 0 and counts as 0 there; from logits there is no such place. Zhang and Sabuncu
 * 2018, <i>Generalized cross entropy loss for training deep neural networks with noisy labels</i>.
 *
 * <pre>{@code
 * categoricalGeneralizedCrossEntropy().of(vector(1), matrix(row(0.19, 0.81)))   // 0.2
 * }</pre>
 */
public final class CategoricalGeneralizedCrossEntropy extends Loss {
  private final Prediction prediction;
  private final Setting q;

  private CategoricalGeneralizedCrossEntropy(Prediction prediction, Setting q) {
    super(spec(prediction, q).savedAs(saved(prediction)));
    this.prediction = prediction;
    this.q = q;
  }

  private static LossSpec spec(Prediction prediction, Setting q) {
    LossSpec spec =
        LossSpec.of(
                "categoricalGeneralizedCrossEntropy",
                Target.LABEL,
                prediction,
                (y, p) -> perSample(prediction, q.expr(), y, p))
            .with(q);
    return prediction.isLogit() ? spec : spec.withLogitsForm(() -> spec(Prediction.LOGITS, q));
  }

  private static Config saved(Prediction prediction) {
    Config config = Config.of("keras.losses", "CategoricalGeneralizedCrossEntropy");
    return prediction.isLogit() ? config.asOurs().with("from_logits", true) : config;
  }

  /** The loss that a file says. */
  static CategoricalGeneralizedCrossEntropy from(Settings settings) {
    CategoricalGeneralizedCrossEntropy usual = categoricalGeneralizedCrossEntropy();
    boolean isLogits = settings.flag("from_logits", false);
    return new CategoricalGeneralizedCrossEntropy(
        isLogits ? Prediction.LOGITS : Prediction.DISTRIBUTION, usual.q.from(settings));
  }

  /** Generalized cross-entropy of probabilities with q = 0.5. */
  public static CategoricalGeneralizedCrossEntropy categoricalGeneralizedCrossEntropy() {
    return new CategoricalGeneralizedCrossEntropy(
        Prediction.DISTRIBUTION,
        Setting.between("categoricalGeneralizedCrossEntropy", "q", "q", "q", 0.5, 0, 1));
  }

  /** With this q, between 0 and 1. */
  public CategoricalGeneralizedCrossEntropy q(double q) {
    return new CategoricalGeneralizedCrossEntropy(prediction, this.q.to(q));
  }

  /** With a q that moves in training. */
  public CategoricalGeneralizedCrossEntropy q(ScheduledOrLearned q) {
    return new CategoricalGeneralizedCrossEntropy(prediction, this.q.to(q));
  }

  /** Takes logits, from a model without a final softmax: finite for all of them. */
  public CategoricalGeneralizedCrossEntropy fromLogits() {
    return new CategoricalGeneralizedCrossEntropy(Prediction.LOGITS, q);
  }

  private static Expr perSample(Prediction prediction, Expr exponent, Expr y, Expr p) {
    Expr power =
        prediction.isLogit()
            ? exponent.times(p.logSoftmax().pick(y)).exp()
            : p.pick(y).pow(exponent);
    return Expr.of(1).minus(power).over(exponent);
  }
}
