package org.lossbook.loss.adversarial;

import org.lossbook.Internal;

/**
 * Non-saturating losses of an adversarial game: the discriminator of {@link Minimax}, and a
 * generator that minimises \(-\frac{1}{n}\sum_i \log \sigma(z_i)\), the surprise at its fakes being
 * taken for real, in nats.
 *
 * <p>The generator's slope is steepest where its fakes are recognised with ease, which is where it
 * has most to learn. Both are finite for all logits z. Goodfellow et al. 2014, <i>Generative
 * adversarial nets</i>.
 *
 * <pre>{@code
 * nonSaturating().generator().of(vector(0), vector(-1))   // 1.3133
 * }</pre>
 *
 * @question How can a forger learn even when every fake is caught?
 * @use For adversarial training with a cross-entropy: it is the usual choice.
 * @avoid When the discriminator is far ahead for long: try {@link Wasserstein}.
 * @hidden
 */
@Internal
public final class NonSaturating {
  private NonSaturating() {}

  /** The two losses of the non-saturating game. */
  public static AdversarialPair nonSaturating() {
    return new AdversarialPair(
        AdversarialLosses.ofLogits("nonSaturatingGenerator", (y, z) -> z.logSigmoid().negate()),
        Minimax.discriminator("nonSaturatingDiscriminator"));
  }
}
