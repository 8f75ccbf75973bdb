package org.lossbook.loss;

import org.lossbook.loss.spec.LossSpec;
import org.lossbook.loss.spec.Prediction;
import org.lossbook.loss.spec.Target;

/**
 * Hinge loss: by how much scores fall short of standing 1 on their side of 0, \(\frac{1}{n}\sum_i
 * \max(1 - \tilde y_i \hat y_i, 0)\), without a unit.
 *
 * <p>For yes or no by a score, as in a support vector machine: answers that are right by a margin
 * of 1 cost nothing and pull no more. A score is no probability; for one, {@link
 * BinaryCrossentropy}. Labels are −1 and +1; 0 and 1 stand for the same, as in Keras, and become ỹ.
 * At the corner, where ỹŷ is 1, the slope is half of the one beside it. Cortes and Vapnik 1995,
 * <i>Support-vector networks</i>.
 *
 * <pre>{@code
 * hinge().of(vector(1, -1), vector(0.5, 0.2))   // 0.85
 * hinge().of(vector(1, 0), vector(0.5, 0.2))    // 0.85
 * }</pre>
 *
 * @question Is the answer right by a margin?
 * @avoid When probabilities are needed: a score has none.
 */
public final class Hinge extends Loss {
  private Hinge() {
    super(
        LossSpec.of("hinge", Target.SIGN, Prediction.SCORE, (y, p) -> Margin.missing(y, p).mean())
            .inKeras("Hinge"));
  }

  /** The hinge loss. */
  public static Hinge hinge() {
    return new Hinge();
  }
}
