package org.lossbook.loss;

import org.lossbook.loss.spec.LossSpec;

/**
 * Mean squared logarithmic error: the mean of the squared differences of logarithms,
 * \(\frac{1}{n}\sum_i [\log(1 + \max(y_i, \varepsilon)) - \log(1 + \max(\hat y_i,
 * \varepsilon))]^2\), without a unit.
 *
 * <p>For amounts that span many sizes, counts and incomes: what counts is the ratio, and a guess of
 * half the truth costs about as much as one of twice the truth. Numbers below 0 count as ε = 10⁻⁷,
 * as in Keras, and a prediction there has no slope: let the model end in softplus, so that it does
 * not get stuck. Törnqvist, Vartia and Vartia 1985, <i>How should relative changes be measured?</i>
 *
 * <pre>{@code
 * msle().of(vector(3, 7), vector(7, 3))   // 0.480453, the square of log 2
 * }</pre>
 *
 * @question How wrong is an amount, as a ratio?
 * @avoid When differences matter rather than ratios, or numbers fall below 0.
 */
public final class MeanSquaredLogarithmicError extends Loss {
  private MeanSquaredLogarithmicError() {
    super(
        LossSpec.regression(
                "msle",
                (y, p) ->
                    y.max(LossSpec.EPSILON)
                        .log1p()
                        .minus(p.max(LossSpec.EPSILON).log1p())
                        .square()
                        .mean())
            .inKeras("MeanSquaredLogarithmicError"));
  }

  /** The mean squared logarithmic error. */
  public static MeanSquaredLogarithmicError msle() {
    return new MeanSquaredLogarithmicError();
  }
}
