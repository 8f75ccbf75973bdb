package org.lossbook.loss;

import org.lossbook.formula.Expr;
import org.lossbook.loss.spec.LossSpec;
import org.lossbook.loss.spec.ScheduledOrLearned;
import org.lossbook.loss.spec.Setting;

/**
 * Huber loss: the square of small errors, the absolute value of large ones, \(\frac{1}{n}\sum_i
 * \begin{cases} \frac{1}{2}(y_i - \hat y_i)^2 &amp; |y_i - \hat y_i| \le \delta \\ \delta\,(|y_i -
 * \hat y_i| - \frac{1}{2}\delta) &amp; \text{otherwise}\end{cases}\), in the square of y's unit.
 *
 * <p>For regression with outliers: beyond δ the gradient no longer grows with the error, within it
 * the minimum is smooth, which {@link MeanAbsoluteError}'s is not. δ is in y's unit and has to be
 * chosen. Huber 1964, <i>Robust estimation of a location parameter</i>.
 *
 * <pre>{@code
 * huber(1.0).of(vector(3, 5), vector(2.5, 8))   // 1.3125
 * }</pre>
 *
 * @question How wrong is a number, when a few measurements are wild?
 * @avoid When outliers are what matters, or y's scale is unknown: δ has to fit it.
 */
public final class Huber extends Loss {
  private final Setting delta;

  private Huber(Setting delta) {
    super(
        LossSpec.regression("huber", (y, p) -> perSample(delta.expr(), y, p))
            .withSettings(delta)
            .inKeras("Huber"));
    this.delta = delta;
  }

  /** Huber's loss with δ = 1. */
  public static Huber huber() {
    return new Huber(Setting.positive("huber", "delta", "δ", "\\delta", 1));
  }

  /** With this δ, the error at which squares turn into straight lines. */
  public Huber delta(double delta) {
    return new Huber(this.delta.to(delta));
  }

  /** With a δ that moves in training. */
  public Huber delta(ScheduledOrLearned delta) {
    return new Huber(this.delta.to(delta));
  }

  private static Expr perSample(Expr delta, Expr y, Expr p) {
    Expr error = y.minus(p);
    Expr far = delta.times(error.abs().minus(delta.over(2)));
    return Expr.where(error.abs().atMost(delta), error.square().over(2), far).mean();
  }
}
