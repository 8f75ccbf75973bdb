package org.lossbook.loss;

import org.lossbook.config.Config;
import org.lossbook.loss.spec.LossSpec;
import org.lossbook.loss.spec.Prediction;
import org.lossbook.loss.spec.Target;

/**
 * Logistic loss: how surprised one is by a yes or no after a score, \(\frac{1}{n}\sum_i \log(1 +
 * e^{-\tilde y_i \hat y_i})\), in nats.
 *
 * <p>The same number as {@link BinaryCrossentropy} from logits, written for labels −1 and +1 as
 * books on margins have it: beside {@link Hinge} it shows that every answer still pulls a little,
 * however right it is. Labels 0 and 1 stand for −1 and +1 and become ỹ. Cox 1958, <i>The regression
 * analysis of binary sequences</i>.
 *
 * <pre>{@code
 * logistic().of(vector(1, -1), vector(2, 0.5))   // 0.550502
 * }</pre>
 *
 * @question How surprising is the sign of a score?
 * @use For yes or no by a score, where every answer should keep pulling a little.
 * @avoid When labels are probabilities: use {@link BinaryCrossentropy}.
 */
public final class Logistic extends Loss {
  private Logistic() {
    super(
        LossSpec.of(
                "logistic",
                Target.SIGN,
                Prediction.SCORE,
                (y, p) -> Margin.side(y).times(p).negate().softplus().mean())
            .in("nats")
            .savedAs(Config.ours("Logistic")));
  }

  /** The logistic loss. */
  public static Logistic logistic() {
    return new Logistic();
  }
}
