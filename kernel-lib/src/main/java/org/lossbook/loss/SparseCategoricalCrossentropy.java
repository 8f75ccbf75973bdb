package org.lossbook.loss;

import org.lossbook.formula.Expr;
import org.lossbook.loss.spec.Prediction;
import org.lossbook.loss.spec.Target;

/**
 * {@link CategoricalCrossentropy} for integer labels: the surprise at the true class alone,
 * \(-\frac{1}{n}\sum_i \log \hat y_{i,y_i}\), in nats, or in {@link #bits()}.
 *
 * <p>Labels count the classes from 0. Probabilities are clipped at 10⁻⁷ and 1 − 10⁻⁷ as in Keras; a
 * row that does not sum to one is an error, where Keras divides by its sum. Good 1952, <i>Rational
 * decisions</i>.
 *
 * <pre>{@code
 * sparseCategoricalCrossentropy().of(vector(1), matrix(row(0.05, 0.9, 0.05)))   // 0.105 nats
 * }</pre>
 *
 * @question How wrong is a distribution over classes, given the true class's number?
 * @use For classes that exclude each other, with integer labels.
 * @avoid When truths are distributions: use {@link CategoricalCrossentropy}.
 */
public final class SparseCategoricalCrossentropy
    extends CrossEntropy<SparseCategoricalCrossentropy> {
  private SparseCategoricalCrossentropy(Form form) {
    super(
        "sparseCategoricalCrossentropy",
        Target.LABEL,
        Prediction.DISTRIBUTION,
        form,
        SparseCategoricalCrossentropy::perSample);
  }

  /** Sparse categorical cross-entropy of probabilities, in nats. */
  public static SparseCategoricalCrossentropy sparseCategoricalCrossentropy() {
    return new SparseCategoricalCrossentropy(Form.DEFAULT);
  }

  /** Gives each of m classes a share of {@code fraction / m}, and the rest to the true one. */
  public SparseCategoricalCrossentropy labelSmoothing(double fraction) {
    return with(form().smoothing(fraction));
  }

  @Override
  SparseCategoricalCrossentropy with(Form form) {
    return new SparseCategoricalCrossentropy(form);
  }

  private static Expr perSample(Form form, Expr y, Expr p) {
    if (form.smoothing() > 0) {
      Expr logs = form.logits() ? p.logSoftmax() : form.base().log(clipped(p));
      Expr soft = form.softened(logs.pick(y), logs.mean()).negate();
      return form.logits() ? form.base().scaled(soft) : soft;
    }
    return form.logits()
        ? form.base().scaled(p.logSoftmax().pick(y).negate())
        : form.base().log(clipped(p.pick(y))).negate();
  }
}
