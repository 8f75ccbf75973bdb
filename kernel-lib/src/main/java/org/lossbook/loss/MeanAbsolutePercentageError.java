package org.lossbook.loss;

import org.lossbook.loss.spec.LossSpec;

/**
 * Mean absolute percentage error: the mean of the errors in percent of the truth,
 * \(\frac{1}{n}\sum_i 100\,\frac{|y_i - \hat y_i|}{\max(|y_i|, \varepsilon)}\), in percent.
 *
 * <p>For quantities of very different sizes, where being wrong by a tenth is equally bad for all of
 * them: prices, demand. Not for truths at or near 0, where a hundredth of nothing is divided by: ε
 * is 10⁻⁷ as in Keras, and such a sample outweighs all others. Of two errors of one size the one
 * below the truth is never more than 100 %, so that training leans to low predictions. Hyndman and
 * Koehler 2006, <i>Another look at measures of forecast accuracy</i>.
 *
 * <pre>{@code
 * mape().of(vector(200, 50), vector(180, 55))   // 10
 * }</pre>
 *
 * @question By how many percent is a number wrong?
 * @avoid When truths can be at or near 0, or low predictions would hurt.
 */
public final class MeanAbsolutePercentageError extends Loss {
  private MeanAbsolutePercentageError() {
    super(
        LossSpec.regression(
                "mape",
                (y, p) -> y.minus(p).abs().over(y.abs().max(LossSpec.EPSILON)).times(100).mean())
            .in("%")
            .inKeras("MeanAbsolutePercentageError"));
  }

  /** The mean absolute percentage error. */
  public static MeanAbsolutePercentageError mape() {
    return new MeanAbsolutePercentageError();
  }
}
