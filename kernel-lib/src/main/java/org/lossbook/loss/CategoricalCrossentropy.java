package org.lossbook.loss;

import org.lossbook.formula.Expr;
import org.lossbook.loss.spec.Prediction;
import org.lossbook.loss.spec.Target;

/**
 * Categorical cross-entropy: how surprised one is by the true class when ŷ was said to be the
 * distribution over the classes, \(-\frac{1}{n}\sum_i \sum_k y_{ik} \log \hat y_{ik}\), in nats, or
 * in {@link #bits()}.
 *
 * <p>For classes that exclude each other, the truth one-hot or a distribution itself; for integer
 * labels {@link SparseCategoricalCrossentropy}. Probabilities are clipped at 10⁻⁷ and 1 − 10⁻⁷ as
 * in Keras. Keras divides each row by its sum; here a row that does not sum to one is an error, and
 * the gradient is −y/ŷ without Keras's term for that division (+1, which softmax takes out again).
 * Good 1952, <i>Rational decisions</i>.
 *
 * <pre>{@code
 * categoricalCrossentropy().of(vector(1, 0), vector(0.9, 0.1))          // 0.105 nats
 * categoricalCrossentropy().bits().of(vector(1, 0), vector(0.9, 0.1))   // 0.152 bits
 * }</pre>
 *
 * @question How wrong is a distribution over classes?
 * @avoid When a sample may belong to several classes, or many labels are wrong.
 */
public final class CategoricalCrossentropy extends CrossEntropy<CategoricalCrossentropy> {
  private CategoricalCrossentropy(Form form) {
    super(
        "categoricalCrossentropy",
        Target.DISTRIBUTION,
        Prediction.DISTRIBUTION,
        form,
        CategoricalCrossentropy::perSample);
  }

  /** Categorical cross-entropy of probabilities, in nats. */
  public static CategoricalCrossentropy categoricalCrossentropy() {
    return new CategoricalCrossentropy(Form.DEFAULT);
  }

  /** Gives each of m classes a share of {@code fraction / m}, and the rest to the true one. */
  public CategoricalCrossentropy labelSmoothing(double fraction) {
    return with(form().smoothing(fraction));
  }

  @Override
  CategoricalCrossentropy with(Form form) {
    return new CategoricalCrossentropy(form);
  }

  private static Expr perSample(Form form, Expr y, Expr p) {
    Expr truth = form.smoothed(y, Expr.of(form.smoothing()).over(Expr.outputs()));
    return form.logits()
        ? form.base().scaled(truth.times(p.logSoftmax()).sum().negate())
        : truth.times(form.base().log(clipped(p))).sum().negate();
  }
}
