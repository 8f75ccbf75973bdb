package org.lossbook.loss.adversarial;

import org.lossbook.Internal;

/**
 * Least-squares losses of an adversarial game: the discriminator minimises \(\frac{1}{n}\sum_i
 * \frac{1}{2}(\hat y_i - y_i)^2\), so that real samples score 1 and fakes 0, and the generator
 * \(\frac{1}{n}\sum_i \frac{1}{2}(\hat y_i - 1)^2\), in the square of the score's unit.
 *
 * <p>Pulls fakes on even after they pass for real, where a cross-entropy's slope has died out; an
 * outlier among the scores shouts, as with every square. Mao et al. 2017, <i>Least squares
 * generative adversarial networks</i>.
 *
 * <pre>{@code
 * leastSquares().discriminator().of(vector(1, 0), vector(0.5, -1))   // 0.3125
 * leastSquares().generator().of(vector(0), vector(-1))               // 2.0
 * }</pre>
 *
 * @question Can the discriminator still tell, and by how far, real from fake?
 * @use For adversarial training that should not stall once fakes pass for real.
 * @avoid When the discriminator's scores have outliers: their squares dominate.
 * @hidden
 */
@Internal
public final class LeastSquares {
  private LeastSquares() {}

  /** The losses of the least-squares game; scores are any numbers, from a linear end. */
  public static AdversarialPair leastSquares() {
    return new AdversarialPair(
        AdversarialLosses.ofScores("leastSquaresGenerator", (y, s) -> s.minus(1).square().over(2)),
        AdversarialLosses.ofScores(
            "leastSquaresDiscriminator", (y, s) -> s.minus(y).square().over(2)));
  }
}
