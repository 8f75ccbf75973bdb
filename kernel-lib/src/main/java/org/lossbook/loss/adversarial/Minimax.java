package org.lossbook.loss.adversarial;

import org.lossbook.Internal;
import org.lossbook.formula.Expr;
import org.lossbook.loss.Loss;

/**
 * Minimax losses of the original adversarial game: the discriminator minimises \(-\frac{1}{n}\sum_i
 * [y_i \log \sigma(z_i) + (1 - y_i) \log(1 - \sigma(z_i))]\), binary cross-entropy from logits z,
 * and the generator what the discriminator would have it maximise, \(\frac{1}{n}\sum_i \log(1 -
 * \sigma(z_i))\), in nats and below 0.
 *
 * <p>To understand the game; to play it take {@link NonSaturating}, for this generator's slope is
 * nearly 0 just where its fakes are recognised with ease. Both are finite for all logits.
 * Goodfellow et al. 2014, <i>Generative adversarial nets</i>.
 *
 * <pre>{@code
 * minimax().discriminator().of(vector(1, 0), vector(2, -1))   // 0.2201
 * minimax().generator().of(vector(0), vector(-1))             // -0.3133
 * }</pre>
 *
 * @question Who wins the game between forger and expert?
 * @avoid For training a generator: its slope dies where it has most to learn.
 * @hidden
 */
@Internal
public final class Minimax {
  private Minimax() {}

  /** The two losses of the minimax game. */
  public static AdversarialPair minimax() {
    return new AdversarialPair(
        AdversarialLosses.ofLogits("minimaxGenerator", (y, z) -> z.negate().logSigmoid()),
        discriminator("minimaxDiscriminator"));
  }

  static Loss discriminator(String name) {
    return AdversarialLosses.ofLogits(
        name,
        (y, z) -> {
          Expr no = Expr.of(1).minus(y);
          return y.times(z.logSigmoid()).plus(no.times(z.negate().logSigmoid())).negate();
        });
  }
}
