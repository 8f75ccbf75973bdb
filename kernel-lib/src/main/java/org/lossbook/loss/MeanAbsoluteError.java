package org.lossbook.loss;

import org.lossbook.loss.spec.LossSpec;

/**
 * Mean absolute error: the mean of the absolute differences, \(\frac{1}{n}\sum_i |y_i - \hat
 * y_i|\), in y's unit.
 *
 * <p>For regression with wild measurements among the good ones: each pulls with the same force,
 * however far away it lies, and the best constant prediction is the median. The slope does not fade
 * near the truth, and at the truth itself, where there is a corner, it is taken as 0. Laplace 1774;
 * Boscovich 1757.
 *
 * <pre>{@code
 * mae().of(vector(3, 5), vector(2.5, 5.5))         // 0.5
 * mae().gradient(vector(3, 5), vector(2.5, 5.5))   // [-0.5, 0.5]
 * }</pre>
 *
 * @question How wrong is a number, when every unit of error counts the same?
 * @avoid When large errors are much worse than small ones, or a smooth minimum is needed.
 */
public final class MeanAbsoluteError extends Loss {
  private MeanAbsoluteError() {
    super(
        LossSpec.regression("mae", (y, p) -> y.minus(p).abs().mean()).inKeras("MeanAbsoluteError"));
  }

  /** The mean absolute error. */
  public static MeanAbsoluteError mae() {
    return new MeanAbsoluteError();
  }
}
