package org.lossbook.loss;

import org.lossbook.formula.Expr;
import org.lossbook.loss.spec.Prediction;
import org.lossbook.loss.spec.Target;

/**
 * {@link BinaryCrossentropy} that listens less to what is answered well already, \(-\frac{1}{n}
 * \sum_i q_i^\gamma [y_i \log \hat y_i + (1 - y_i) \log(1 - \hat y_i)]\) with \(q = y (1 - \hat y)
 * + (1 - y) \hat y\), the probability given to the wrong answer; in nats, or {@link #bits()}.
 *
 * <p>For yes/no questions where many easy samples drown the few hard ones; not where ŷ must remain
 * a probability. As in Keras γ = 2 and the logarithms are clipped at 10⁻⁷, from logits too. Lin et
 * al. 2017, <i>Focal loss for dense object detection</i>.
 *
 * <pre>{@code
 * binaryFocalCrossentropy().of(vector(1, 0), vector(0.9, 0.6))   // 0.1655
 * }</pre>
 *
 * @question How wrong is a probability of yes, when most answers are easy?
 */
public final class BinaryFocalCrossentropy extends FocalCrossentropy<BinaryFocalCrossentropy> {
  private BinaryFocalCrossentropy(Form form, Focus focus) {
    super(
        "binaryFocalCrossentropy",
        Target.PROBABILITY,
        Prediction.PROBABILITY,
        form,
        focus,
        BinaryFocalCrossentropy::perSample);
  }

  /** Binary focal cross-entropy of probabilities, a yes and a no weighing the same. */
  public static BinaryFocalCrossentropy binaryFocalCrossentropy() {
    return new BinaryFocalCrossentropy(Form.DEFAULT, Focus.of("binaryFocalCrossentropy", false));
  }

  /** Weighs a yes by α, 0.25 where none is given, and a no by 1 − α. */
  public BinaryFocalCrossentropy classBalancing() {
    return with(form(), new Focus(focus().gamma(), focus().alpha(), true));
  }

  @Override
  BinaryFocalCrossentropy with(Form form, Focus focus) {
    return new BinaryFocalCrossentropy(form, focus);
  }

  private static Expr perSample(Form form, Focus focus, Expr y, Expr p) {
    Expr yes = form.smoothed(y, Expr.of(form.smoothing() / 2));
    Expr no = Expr.of(1).minus(yes);
    Expr given = form.logits() ? p.sigmoid() : p;
    Expr said = clipped(given);
    Expr wrong = yes.times(Expr.of(1).minus(given)).plus(no.times(given)).as("q", "q");
    Expr log =
        yes.times(form.base().log(said)).plus(no.times(form.base().log(Expr.of(1).minus(said))));
    Expr loss = wrong.powOfShare(focus.gamma().expr()).times(log);
    return (focus.balanced() ? balance(focus, yes, no).times(loss) : loss).mean().negate();
  }
}
