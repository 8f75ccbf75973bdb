package org.lossbook.loss;

import org.lossbook.loss.spec.LossSpec;
import org.lossbook.loss.spec.Prediction;
import org.lossbook.loss.spec.Target;

/**
 * Poisson loss: how badly a rate ŷ explains a count y, \(\frac{1}{n}\sum_i [\hat y_i - y_i
 * \log(\hat y_i + \varepsilon)]\), in nats up to the term \(\log y_i!\), which no prediction
 * changes.
 *
 * <p>For counts: calls an hour, goals a match. Errors weigh by the rate, as a count's variance is
 * its rate; where the counts spread more than that, it is too sure of itself. The prediction is a
 * rate of 0 or more: let the model end in softplus. ε is 10⁻⁷ as in Keras. The minimum is at ŷ = y
 * and is not 0. Poisson 1837; McCullagh and Nelder 1983, <i>Generalized linear models</i>.
 *
 * <pre>{@code
 * poisson().of(vector(2, 0), vector(2, 1))   // 0.806853
 * }</pre>
 *
 * @question How surprising is a count, given the predicted rate?
 * @avoid When counts spread more than their mean, or y is no count.
 */
public final class Poisson extends Loss {
  private Poisson() {
    super(
        LossSpec.of(
                "poisson",
                Target.AMOUNT,
                Prediction.AMOUNT,
                (y, p) -> p.minus(y.times(p.plus(LossSpec.EPSILON).log())).mean())
            .inKeras("Poisson"));
  }

  /** The Poisson loss. */
  public static Poisson poisson() {
    return new Poisson();
  }
}
