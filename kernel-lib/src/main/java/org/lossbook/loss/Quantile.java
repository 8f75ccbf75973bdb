package org.lossbook.loss;

import org.lossbook.config.Config;
import org.lossbook.formula.Expr;
import org.lossbook.loss.spec.LossSpec;
import org.lossbook.loss.spec.ScheduledOrLearned;
import org.lossbook.loss.spec.Setting;

/**
 * Quantile loss, or pinball loss, \(\frac{1}{n}\sum_i [q \max(y_i - \hat y_i, 0) + (1 - q)
 * \max(\hat y_i - y_i, 0)]\), in y's unit.
 *
 * <p>For predictions that the truth is to stay below in a share q of all cases: with q = 0.9,
 * guessing too low costs nine times what guessing too high does, and the best constant prediction
 * is the 0.9 quantile. Two of them make an interval; q = 0.5 is half of {@link MeanAbsoluteError}.
 * At the truth itself, where there is a corner, the slope is the mean of the two beside it. Koenker
 * and Bassett 1978, <i>Regression quantiles</i>.
 *
 * <pre>{@code
 * quantile(0.9).of(vector(3, 3), vector(2, 4))   // 0.5, the mean of 0.9 and 0.1
 * }</pre>
 *
 * @question How wrong is a number, when too low costs more than too high?
 * @avoid When the mean is wanted: this finds a quantile.
 */
public final class Quantile extends Loss {
  private final Setting q;

  private Quantile(Setting q) {
    super(
        LossSpec.regression("quantile", (y, p) -> perSample(q.expr(), y, p))
            .withSettings(q)
            .savedAs(Config.ours("Quantile")));
    this.q = q;
  }

  /** The loss whose best prediction is the quantile {@code q}, above 0 and below 1. */
  public static Quantile quantile(double q) {
    return new Quantile(Setting.between("quantile", "q", "q", "q", q, 0, 1));
  }

  /** With this q, above 0 and below 1. */
  public Quantile q(double q) {
    return new Quantile(this.q.to(q));
  }

  /** With a q that moves in training. */
  public Quantile q(ScheduledOrLearned q) {
    return new Quantile(this.q.to(q));
  }

  private static Expr perSample(Expr q, Expr y, Expr p) {
    Expr low = q.times(y.minus(p).max(0));
    Expr high = Expr.of(1).minus(q).times(p.minus(y).max(0));
    return low.plus(high).mean();
  }
}
