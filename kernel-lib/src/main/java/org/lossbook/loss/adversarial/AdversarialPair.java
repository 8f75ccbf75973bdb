package org.lossbook.loss.adversarial;

import java.util.Map;
import org.lossbook.loss.Loss;
import org.lossbook.notebook.Renderable;

/**
 * The two losses of an adversarial game: a generator makes fakes, a discriminator scores what is
 * real and what is fake.
 *
 * <p>The discriminator's truth is 1 for a real sample and 0 for a fake. The generator's loss looks
 * only at the scores of its fakes; its truth is not read, so pass what they are: zeros.
 *
 * @param generator small where the discriminator is deceived
 * @param discriminator small where it tells the real from the fake
 */
public record AdversarialPair(Loss generator, Loss discriminator) implements Renderable {
  /** A notebook shows both formulas as mathematics. */
  @Override
  public Map<String, String> mimeBundle() {
    String latex = "text/latex";
    return Map.of(
        latex, generator.mimeBundle().get(latex) + "\n" + discriminator.mimeBundle().get(latex));
  }

  /** Both formulas, a line each. */
  @Override
  public String toString() {
    return generator + "\n" + discriminator;
  }
}
