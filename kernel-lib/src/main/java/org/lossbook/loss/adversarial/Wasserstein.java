package org.lossbook.loss.adversarial;

import org.lossbook.Internal;
import org.lossbook.formula.Expr;

/**
 * Wasserstein losses of an adversarial game: the discriminator, here called critic, minimises
 * \(\frac{1}{n}\sum_i (1 - 2 y_i)\, \hat y_i\), its scores of fakes less its scores of real
 * samples, and the generator \(-\frac{1}{n}\sum_i \hat y_i\), in the score's unit and of any sign.
 *
 * <p>Where the classic game's slopes die out: the two means' difference estimates how far fakes are
 * from the truth, as long as the critic cannot rise arbitrarily fast, so clip its weights. A loss
 * near 0 means nothing by itself. Arjovsky, Chintala and Bottou 2017, <i>Wasserstein GAN</i>.
 *
 * <pre>{@code
 * wasserstein().discriminator().of(vector(1, 0), vector(2, -1))   // -1.5
 * wasserstein().generator().of(vector(0), vector(-1))             // 1.0
 * }</pre>
 *
 * @question How far are fakes from the truth?
 * @use For adversarial training where the classic game's slopes die out.
 * @avoid Without clipped weights or a penalty that keeps the critic from growing.
 * @hidden
 */
@Internal
public final class Wasserstein {
  private Wasserstein() {}

  /** The losses of the Wasserstein game; scores are any numbers, from a linear end. */
  public static AdversarialPair wasserstein() {
    return new AdversarialPair(
        AdversarialLosses.ofScores("wassersteinGenerator", (y, s) -> s.negate()),
        AdversarialLosses.ofScores(
            "wassersteinDiscriminator", (y, s) -> Expr.of(1).minus(y.times(2)).times(s)));
  }
}
