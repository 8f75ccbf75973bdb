package org.lossbook.loss;

import org.lossbook.formula.Expr;
import org.lossbook.loss.spec.Prediction;
import org.lossbook.loss.spec.Target;

/**
 * Binary cross-entropy: how surprising yes/no answers are, given ŷ as the probability of yes,
 * \(-\frac{1}{n}\sum_i [y_i \log \hat y_i + (1 - y_i) \log(1 - \hat y_i)]\), in nats or bits.
 *
 * <p>For yes/no questions that do not exclude each other: one sigmoid each. Probabilities are
 * clipped at 10⁻⁷ as in Keras, where the slope is 0; from logits σ(z) − y. Cox 1958, <i>The
 * regression analysis of binary sequences</i>.
 *
 * <pre>{@code
 * binaryCrossentropy().of(vector(1, 0), vector(0.9, 0.1))          // 0.105 nats
 * binaryCrossentropy().bits().of(vector(1, 0), vector(0.9, 0.1))   // 0.152 bits
 * }</pre>
 *
 * @question How wrong is a probability of yes?
 * @avoid For classes that exclude each other: use {@link CategoricalCrossentropy}.
 */
public final class BinaryCrossentropy extends CrossEntropy<BinaryCrossentropy> {
  private BinaryCrossentropy(Form form) {
    super(
        "binaryCrossentropy",
        Target.PROBABILITY,
        Prediction.PROBABILITY,
        form,
        BinaryCrossentropy::perSample);
  }

  /** Binary cross-entropy of probabilities, in nats. */
  public static BinaryCrossentropy binaryCrossentropy() {
    return new BinaryCrossentropy(Form.DEFAULT);
  }

  /** Draws the labels towards one half: 0.1 makes 0.05 and 0.95 of them. */
  public BinaryCrossentropy labelSmoothing(double fraction) {
    return with(form().smoothing(fraction));
  }

  @Override
  BinaryCrossentropy with(Form form) {
    return new BinaryCrossentropy(form);
  }

  private static Expr perSample(Form form, Expr y, Expr p) {
    Expr truth = form.smoothed(y, Expr.of(form.smoothing() / 2));
    Expr no = Expr.of(1).minus(truth);
    if (form.logits()) {
      Expr log = truth.times(p.logSigmoid()).plus(no.times(p.negate().logSigmoid()));
      return form.base().scaled(log.mean().negate());
    }
    Expr said = clipped(p);
    Expr log =
        truth.times(form.base().log(said)).plus(no.times(form.base().log(Expr.of(1).minus(said))));
    return log.mean().negate();
  }
}
