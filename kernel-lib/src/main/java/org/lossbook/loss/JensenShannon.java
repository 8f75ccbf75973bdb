package org.lossbook.loss;

import org.lossbook.config.Config;
import org.lossbook.formula.Expr;
import org.lossbook.loss.spec.LogBase;

/**
 * Jensen–Shannon divergence: how far y and ŷ each are from what lies between them,
 * \(\frac{1}{n}\sum_i [\frac{1}{2} (\sum_k y_{ik} \log y_{ik} + \sum_k \hat y_{ik} \log \hat
 * y_{ik}) - \sum_k m_{ik} \log m_{ik}]\) with \(m = \frac{1}{2}(y + \hat y)\), in nats, or in
 * {@link #bits()}; 0 log 0 is 0.
 *
 * <p>The symmetric sister of {@link KlDivergence}: the mean of both divergences from m, and never
 * more than log 2, one bit, which is what it is for distributions that have nothing in common. As
 * it is bounded, a prediction that is wholly wrong learns slowly. The slope at ŷ = 0 is very steep,
 * and finite. Lin 1991, <i>Divergence measures based on the Shannon entropy</i>.
 *
 * <pre>{@code
 * jensenShannon().of(vector(0.5, 0.5), vector(0.9, 0.1))      // 0.101749 nats
 * jensenShannon().bits().of(vector(1, 0), vector(0, 1))       // 1 bit
 * }</pre>
 *
 * @question How far apart are two distributions, whichever comes first?
 * @use For comparing distributions that may lack each other's outcomes.
 * @avoid When predictions start out wholly wrong: they learn slowly.
 */
public final class JensenShannon extends Divergence<JensenShannon> {
  private JensenShannon(LogBase base) {
    super(
        spec("jensenShannon", base, (y, p) -> perSample(base, y, p))
            .savedAs(base.saved(Config.ours("JensenShannon"))));
  }

  /** The divergence of Jensen and Shannon, in nats. */
  public static JensenShannon jensenShannon() {
    return new JensenShannon(LogBase.NATURAL);
  }

  @Override
  JensenShannon with(LogBase base) {
    return new JensenShannon(base);
  }

  private static Expr perSample(LogBase base, Expr y, Expr p) {
    Expr middle = y.plus(p).over(2).as("m", "m");
    Expr ends = y.times(y.logFinite()).sum().plus(p.times(p.logFinite()).sum());
    return base.scaled(ends.over(2).minus(middle.times(middle.logFinite()).sum()));
  }
}
