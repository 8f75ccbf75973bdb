package org.lossbook.loss;

import org.lossbook.loss.spec.LossSpec;

/**
 * Mean squared error: the mean of the squared differences, \(\frac{1}{n}\sum_i (y_i - \hat
 * y_i)^2\), in the square of y's unit.
 *
 * <p>For regression, where large errors are to weigh more than small ones: twice the error costs
 * four times as much. One wild measurement can outweigh all others; {@link MeanAbsoluteError} is
 * calmer. Gauss 1809, <i>Theoria motus corporum coelestium</i>.
 *
 * <pre>{@code
 * mse().of(vector(3, 5), vector(2.5, 5.5))         // 0.25
 * mse().gradient(vector(3, 5), vector(2.5, 5.5))   // [-0.5, 0.5]
 * }</pre>
 *
 * @question How wrong is a number, when large errors are worst?
 * @avoid When some measurements are wild: each one outweighs all others.
 */
public final class MeanSquaredError extends Loss {
  private MeanSquaredError() {
    super(
        LossSpec.regression("mse", (y, p) -> y.minus(p).square().mean())
            .inKeras("MeanSquaredError"));
  }

  /** The mean squared error. */
  public static MeanSquaredError mse() {
    return new MeanSquaredError();
  }
}
