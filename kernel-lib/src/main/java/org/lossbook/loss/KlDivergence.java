package org.lossbook.loss;

import org.lossbook.config.Config;
import org.lossbook.formula.Expr;
import org.lossbook.loss.spec.LogBase;
import org.lossbook.loss.spec.LossSpec;
import org.lossbook.loss.spec.RowTruth;

/**
 * Kullback–Leibler divergence: how many nats, or {@link #bits()}, too many one needs to tell what y
 * draws when one believes in ŷ, \(\frac{1}{n}\sum_i \sum_k \tilde y_{ik} \log \frac{\tilde
 * y_{ik}}{p_{ik}}\), the divergence of Kullback and Leibler.
 *
 * <p>For truths that are distributions themselves: a teacher's answers, votes. It is {@link
 * CategoricalCrossentropy} less the truth's own entropy, so it is 0 where ŷ is y and its slopes are
 * the same. It is not symmetric: where y is not 0, ŷ must not be either. A row y of zeros has no
 * divergence but ε's. ỹ and p are y and ŷ clipped at ε = 10⁻⁷ and 1 as in Keras, so a prediction
 * below ε has no slope. Kullback and Leibler 1951, <i>On information and sufficiency</i>.
 *
 * <pre>{@code
 * klDivergence().of(vector(0.5, 0.5), vector(0.9, 0.1))          // 0.510826 nats
 * klDivergence().bits().of(vector(0.5, 0.5), vector(0.9, 0.1))   // 0.736966 bits
 * }</pre>
 *
 * @question How many extra nats does it cost to believe ŷ where y holds?
 * @avoid When y may be positive where ŷ is 0, or the order must not matter.
 */
public final class KlDivergence extends Divergence<KlDivergence> {
  private KlDivergence(LogBase base) {
    super(
        spec("klDivergence", base, (y, p) -> perSample(base, y, p))
            .withRowTruth(RowTruth.PROBABILITIES_OR_NONE)
            .savedAs(base.saved(Config.of("keras.losses", "KLDivergence"))));
  }

  /** The divergence of Kullback and Leibler, in nats. */
  public static KlDivergence klDivergence() {
    return new KlDivergence(LogBase.NATURAL);
  }

  @Override
  KlDivergence with(LogBase base) {
    return new KlDivergence(base);
  }

  private static Expr perSample(LogBase base, Expr y, Expr p) {
    Expr truth = y.max(LossSpec.EPSILON).min(1).as("ỹ", "\\tilde y");
    Expr said = p.max(LossSpec.EPSILON).min(1).as("p", "p");
    return truth.times(base.log(truth.over(said))).sum();
  }
}
