package org.lossbook.loss;

import org.lossbook.config.Config;
import org.lossbook.formula.Expr;
import org.lossbook.loss.spec.LossSpec;
import org.lossbook.loss.spec.Prediction;
import org.lossbook.loss.spec.ScheduledOrLearned;
import org.lossbook.loss.spec.Setting;
import org.lossbook.loss.spec.Target;

/**
 * Margin ranking loss: what the better of two scores lacks to lead the other by m,
 * \(\frac{1}{n}\sum_i \max(m - \tilde y_i (\hat y_{i1} - \hat y_{i2}), 0)\), without a unit.
 *
 * <p>For ranking: a row of predictions is the scores of two things; y is +1 where the first ranks
 * higher and −1 where the second does, or 1 and 0, and becomes ỹ. Herbrich, Graepel and Obermayer
 * 2000, <i>Large margin rank boundaries for ordinal regression</i>.
 *
 * <pre>{@code
 * marginRanking().of(vector(1, -1), matrix(row(0.5, 0.8), row(0.2, 0.9)))   // 0.15
 * }</pre>
 *
 * @question Does the better of two things score higher?
 * @avoid When the scores themselves must be right: only their difference counts.
 */
public final class MarginRanking extends Loss {
  private final Setting margin;

  private MarginRanking(Setting margin) {
    super(
        LossSpec.of(
                "marginRanking",
                Target.SIDE,
                Prediction.PAIR,
                (y, p) -> perSample(margin.expr(), y, p))
            .withSettings(margin)
            .savedAs(Config.ours("MarginRanking")));
    this.margin = margin;
  }

  /** The margin ranking loss with a margin of 0. */
  public static MarginRanking marginRanking() {
    return new MarginRanking(Setting.notNegative("marginRanking", "margin", "m", "m", 0));
  }

  /** With this margin, the lead from which on a pair costs nothing. */
  public MarginRanking margin(double margin) {
    return new MarginRanking(this.margin.to(margin));
  }

  /** With a margin that moves in training. */
  public MarginRanking margin(ScheduledOrLearned margin) {
    return new MarginRanking(this.margin.to(margin));
  }

  private static Expr perSample(Expr margin, Expr y, Expr p) {
    Expr lead = p.component(0).minus(p.component(1)).as("d", "d");
    return margin.minus(Margin.side(y).times(lead)).max(0);
  }
}
