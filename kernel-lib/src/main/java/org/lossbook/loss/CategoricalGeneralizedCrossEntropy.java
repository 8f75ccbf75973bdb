package org.lossbook.loss;

import org.lossbook.loss.spec.ScheduledOrLearned;

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
 *
 * @question How wrong is a distribution, when some labels are wrong themselves?
 * @avoid When labels are clean: cross-entropy learns hard samples faster.
 */
public final class CategoricalGeneralizedCrossEntropy extends Loss {
  private final GeneralizedForm form;

  private CategoricalGeneralizedCrossEntropy(GeneralizedForm form) {
    super(form.spec());
    this.form = form;
  }

  /** Generalized cross-entropy of probabilities with q = 0.5. */
  public static CategoricalGeneralizedCrossEntropy categoricalGeneralizedCrossEntropy() {
    return new CategoricalGeneralizedCrossEntropy(GeneralizedForm.DEFAULT);
  }

  /** With this q, between 0 and 1. */
  public CategoricalGeneralizedCrossEntropy q(double q) {
    return new CategoricalGeneralizedCrossEntropy(form.with(form.q().to(q)));
  }

  /** With a q that moves in training. */
  public CategoricalGeneralizedCrossEntropy q(ScheduledOrLearned q) {
    return new CategoricalGeneralizedCrossEntropy(form.with(form.q().to(q)));
  }

  /** Takes logits, from a model without a final softmax: finite for all of them. */
  public CategoricalGeneralizedCrossEntropy fromLogits() {
    return new CategoricalGeneralizedCrossEntropy(form.fromLogits());
  }
}
