package org.lossbook.loss;

import org.lossbook.formula.Expr;
import org.lossbook.loss.spec.Prediction;
import org.lossbook.loss.spec.Target;

/**
 * {@link CategoricalCrossentropy} that listens less to what is answered well already,
 * \(-\frac{1}{n}\sum_i \sum_k \alpha (1 - \hat y_{ik})^\gamma y_{ik} \log \hat y_{ik}\), in nats,
 * or in {@link #bits()}.
 *
 * <p>For classes that exclude each other where many easy samples drown the few hard ones; not where
 * ŷ must remain a probability. As in Keras γ = 2 and α = 0.25, one weight for all classes, and
 * probabilities are clipped at 10⁻⁷ and 1 − 10⁻⁷, from logits too; a row that does not sum to one
 * is an error, where Keras divides by its sum. Lin et al. 2017, <i>Focal loss for dense object
 * detection</i>.
 *
 * <pre>{@code
 * categoricalFocalCrossentropy().of(vector(1, 0, 0), vector(0.5, 0.3, 0.2))   // 0.0433
 * }</pre>
 *
 * @question How wrong is a distribution, when most samples are easy?
 */
public final class CategoricalFocalCrossentropy
    extends FocalCrossentropy<CategoricalFocalCrossentropy> {
  private CategoricalFocalCrossentropy(Form form, Focus focus) {
    super(
        "categoricalFocalCrossentropy",
        Target.DISTRIBUTION,
        Prediction.DISTRIBUTION,
        form,
        focus,
        CategoricalFocalCrossentropy::perSample);
  }

  /** Categorical focal cross-entropy of probabilities. */
  public static CategoricalFocalCrossentropy categoricalFocalCrossentropy() {
    return new CategoricalFocalCrossentropy(
        Form.DEFAULT, Focus.of("categoricalFocalCrossentropy", true));
  }

  @Override
  CategoricalFocalCrossentropy with(Form form, Focus focus) {
    return new CategoricalFocalCrossentropy(form, focus);
  }

  private static Expr perSample(Form form, Focus focus, Expr y, Expr p) {
    Expr truth = form.smoothed(y, Expr.of(form.smoothing()).over(Expr.outputs()));
    Expr said = clipped(form.logits() ? p.softmax() : p);
    Expr faded = Expr.of(1).minus(said).powOfShare(focus.gamma().expr());
    Expr weight = focus.alpha().expr().times(faded);
    return weight.times(truth.times(form.base().log(said))).sum().negate();
  }
}
