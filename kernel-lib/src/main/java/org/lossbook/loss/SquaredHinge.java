package org.lossbook.loss;

import org.lossbook.loss.spec.LossSpec;
import org.lossbook.loss.spec.Prediction;
import org.lossbook.loss.spec.Target;

/**
 * Squared hinge loss: the square of what scores fall short of standing 1 on their side of 0,
 * \(\frac{1}{n}\sum_i \max(1 - \tilde y_i \hat y_i, 0)^2\), without a unit.
 *
 * <p>Like {@link Hinge}, without its corner, and harder on scores far on the wrong side: one
 * mislabelled sample pulls the more the surer the model is. Labels are −1 and +1; 0 and 1 stand for
 * the same, as in Keras, and become ỹ. Chang, Hsieh and Lin 2008, <i>Coordinate descent method for
 * large-scale L2-loss linear support vector machines</i>.
 *
 * <pre>{@code
 * squaredHinge().of(vector(1, -1), vector(0.5, 0.2))   // 0.845, the mean of 0.25 and 1.44
 * }</pre>
 *
 * @question Is the answer right by a margin, with a smooth penalty?
 * @use For yes or no by a score, where a smooth slope helps the optimizer.
 * @avoid When labels may be wrong: a mislabelled sample pulls with all its distance.
 */
public final class SquaredHinge extends Loss {
  private SquaredHinge() {
    super(
        LossSpec.of(
                "squaredHinge",
                Target.SIGN,
                Prediction.SCORE,
                (y, p) -> Margin.missing(y, p).square().mean())
            .inKeras("SquaredHinge"));
  }

  /** The squared hinge loss. */
  public static SquaredHinge squaredHinge() {
    return new SquaredHinge();
  }
}
