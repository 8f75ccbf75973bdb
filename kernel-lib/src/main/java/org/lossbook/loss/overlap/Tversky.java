package org.lossbook.loss.overlap;

import java.util.function.UnaryOperator;
import org.lossbook.formula.Expr;
import org.lossbook.loss.spec.Setting;

/**
 * {@link Dice} with a weight for what is wrongly found and one for what is missed, \(1 - \frac{I}{I
 * + \alpha \sum_i (1 - y_i) \hat y_i + \beta \sum_i y_i (1 - \hat y_i) + \varepsilon}\) with \(I =
 * \sum_i y_i \hat y_i\), without a unit.
 *
 * <p>For masks where a miss is worse than a false alarm, or the reverse; α = β = ½ is Dice. α
 * weighs the false alarms, β the misses, as in the paper and in Keras from 3.16 on (before, the two
 * were exchanged). Salehi et al. 2017, <i>Tversky loss function for image segmentation</i>.
 *
 * <pre>{@code
 * tversky(0.3, 0.7).of(vector(1, 1, 0, 0), vector(0.9, 0.6, 0.2, 0.1))   // 0.2268
 * }</pre>
 *
 * @question How much do regions overlap, when misses cost more than false alarms?
 * @avoid When both errors cost the same: {@link Dice} has nothing to tune.
 */
public final class Tversky extends Overlap<Tversky> {
  private Tversky(int[] axes, Setting alpha, Setting beta) {
    super("tversky", axes, Tversky::of, alpha, beta);
  }

  /** Tversky's loss with α = β = ½; the whole batch counts as one, as in {@link Dice}. */
  public static Tversky tversky() {
    return new Tversky(
        WHOLE_BATCH,
        Setting.notNegative("tversky", "alpha", "α", "\\alpha", 0.5),
        Setting.notNegative("tversky", "beta", "β", "\\beta", 0.5));
  }

  /** With this weight of what is wrongly found. */
  public Tversky alpha(double alpha) {
    return new Tversky(axes(), settings().get(0).to(alpha), settings().get(1));
  }

  /** With this weight of what is missed. */
  public Tversky beta(double beta) {
    return new Tversky(axes(), settings().get(0), settings().get(1).to(beta));
  }

  @Override
  Tversky over(int[] axes) {
    return new Tversky(axes, settings().get(0), settings().get(1));
  }

  private static Expr of(UnaryOperator<Expr> total, Expr y, Expr p, Expr... weights) {
    Expr both = total.apply(y.times(p)).as("I", "I");
    Expr missed = total.apply(y.times(Expr.of(1).minus(p))).as("M", "M");
    Expr wrong = total.apply(Expr.of(1).minus(y).times(p)).as("F", "F");
    Expr all = both.plus(weights[0].times(wrong)).plus(weights[1].times(missed));
    return Expr.of(1).minus(both.over(all.plus(EPSILON)));
  }
}
