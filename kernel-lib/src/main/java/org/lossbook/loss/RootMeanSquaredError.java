package org.lossbook.loss;

import org.lossbook.config.Config;
import org.lossbook.formula.Expr;
import org.lossbook.loss.spec.LossSpec;

/**
 * Root mean squared error: the root of the mean squared error, \(\sqrt{\frac{1}{n}\sum_i (y_i -
 * \hat y_i)^2}\), in y's unit.
 *
 * <p>To report an error in the unit that was measured: "about half a degree". The root is taken
 * once, over all numbers of the batch, so the value is not the mean of the values of its parts;
 * {@code perSample} is what each sample alone would give. Its minimum is {@link
 * MeanSquaredError}'s, but its slope does not fade near it, so train with that one. Where there is
 * no error at all the slope is taken as 0. In Keras it is a metric. Gauss 1809, <i>Theoria motus
 * corporum coelestium</i>.
 *
 * <pre>{@code
 * rmse().of(vector(3, 5), vector(2.5, 5.5))         // 0.5
 * rmse().gradient(vector(3, 5), vector(2.5, 5.5))   // [-0.5, 0.5]
 * }</pre>
 *
 * @question How wrong is a number, in the unit that was measured?
 * @avoid For training: {@link MeanSquaredError} has the same minimum and a gentler slope.
 */
public final class RootMeanSquaredError extends Loss {
  private RootMeanSquaredError() {
    super(
        LossSpec.regression("rmse", (y, p) -> y.minus(p).square().mean())
            .finishedBy(Expr::sqrt)
            .savedAs(Config.ours("RootMeanSquaredError")));
  }

  /** The root of the mean squared error. */
  public static RootMeanSquaredError rmse() {
    return new RootMeanSquaredError();
  }
}
