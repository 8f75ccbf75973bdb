package org.lossbook.loss;

import org.lossbook.loss.spec.LossSpec;

/**
 * Log-cosh loss: the logarithm of the hyperbolic cosine of the error, \(\frac{1}{n}\sum_i
 * \log\cosh(\hat y_i - y_i)\), without a unit.
 *
 * <p>For regression with some wild measurements, like {@link Huber} but without a corner in its
 * slope: about half the square of a small error, and the size less log 2 of a large one. Where
 * "small" ends is fixed at about 1, so bring y to that scale. Green 1990, <i>Bayesian
 * reconstructions from emission tomography data</i>.
 *
 * <pre>{@code
 * logCosh().of(vector(3, 5), vector(2.5, 8))        // 1.21472
 * logCosh().gradient(vector(3, 5), vector(3, 8))    // [0, 0.497527]
 * }</pre>
 *
 * @question How wrong is a number, smoothly, when a few measurements are wild?
 * @avoid When y is not of a scale near 1: use {@link Huber} and choose δ.
 */
public final class LogCosh extends Loss {
  private LogCosh() {
    super(LossSpec.regression("logCosh", (y, p) -> p.minus(y).logCosh().mean()).inKeras("LogCosh"));
  }

  /** The logarithm of the hyperbolic cosine of the error. */
  public static LogCosh logCosh() {
    return new LogCosh();
  }
}
