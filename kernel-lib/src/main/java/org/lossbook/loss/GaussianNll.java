package org.lossbook.loss;

import org.lossbook.config.Config;
import org.lossbook.formula.Expr;
import org.lossbook.loss.spec.LossSpec;
import org.lossbook.loss.spec.Prediction;
import org.lossbook.loss.spec.Target;

/**
 * Gaussian negative log-likelihood: how surprised one is by y when a normal distribution with mean
 * μ and variance eˢ was predicted, \(\frac{1}{n}\sum_i \left[\frac{s_i}{2} + \frac{(y_i -
 * \mu_i)^2}{2 e^{s_i}}\right]\), in nats up to the constant \(\frac{1}{2} \log 2\pi\).
 *
 * <p>For regression that says how sure it is, sample by sample: the model ends in two numbers
 * without an activation, the mean and the logarithm of the variance; y is one number a sample.
 * Errors weigh less where the variance is said to be large, and saying so costs s/2. The variance
 * counts as 10⁻⁶ at least, as in PyTorch, and s has no slope below. Nix and Weigend 1994,
 * <i>Estimating the mean and variance of the target probability distribution</i>.
 *
 * <pre>{@code
 * gaussianNll().of(vector(3, 5), matrix(row(2.5, 0), row(6, 1)))   // 0.404470
 * }</pre>
 *
 * @question How wrong is a number, given how sure the model said it was?
 * @avoid When errors have heavy tails: one outlier inflates the variance.
 */
public final class GaussianNll extends Loss {
  private static final Expr LEAST = Expr.named("log 10⁻⁶", "\\log 10^{-6}", Math.log(1e-6));

  private GaussianNll() {
    super(
        LossSpec.of("gaussianNll", Target.NUMBER, Prediction.NORMAL, GaussianNll::perSample)
            .in("nats")
            .savedAs(Config.ours("GaussianNll")));
  }

  /** The negative log-likelihood of a normal distribution. */
  public static GaussianNll gaussianNll() {
    return new GaussianNll();
  }

  private static Expr perSample(Expr y, Expr p) {
    Expr mean = p.component(0).as("μ", "\\mu");
    Expr s = p.component(1).max(LEAST).as("s", "s");
    return s.over(2).plus(y.minus(mean).square().over(s.exp().times(2)));
  }
}
