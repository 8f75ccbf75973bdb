package org.lossbook.loss.overlap;

import java.util.function.UnaryOperator;
import org.lossbook.formula.Expr;

/**
 * Dice loss: how little what is found covers what is there, \(1 - \frac{2 \sum_i y_i \hat
 * y_i}{\sum_i y_i + \sum_i \hat y_i + \varepsilon}\) with \(\varepsilon = 10^{-7}\): 0 for all and
 * nothing else, 1 for none of it, without a unit.
 *
 * <p>For masks of which most is background, which binary cross-entropy would rather call empty. The
 * sums run over the whole batch, as in Keras, so it has no loss of one sample and takes no weights,
 * and {@link #sum()} is the same number; {@link #eachSample()} is the mean of each sample's own.
 * Where there is nothing and nothing is found it is 1. Milletari, Navab and Ahmadi 2016,
 * <i>V-Net</i>, after Dice 1945.
 *
 * <pre>{@code
 * dice().of(vector(1, 1, 0, 0), vector(0.9, 0.6, 0.4, 0.1))   // 0.25
 * }</pre>
 *
 * @question How much do a predicted and a true region overlap?
 * @avoid When every region is empty in some samples, or pixels count alike.
 */
public final class Dice extends Overlap<Dice> {
  private Dice(int[] axes) {
    super("dice", axes, Dice::of);
  }

  /** Dice over the whole batch. */
  public static Dice dice() {
    return new Dice(WHOLE_BATCH);
  }

  @Override
  Dice over(int[] axes) {
    return new Dice(axes);
  }

  private static Expr of(UnaryOperator<Expr> total, Expr y, Expr p, Expr... none) {
    Expr both = total.apply(y.times(p)).as("I", "I");
    Expr there = total.apply(y).as("Y", "Y");
    Expr found = total.apply(p).as("Ŷ", "\\hat Y");
    return Expr.of(1).minus(both.times(2).over(there.plus(found).plus(EPSILON)));
  }
}
