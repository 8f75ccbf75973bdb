package org.lossbook.loss.spec;

import org.lossbook.Internal;
import org.lossbook.formula.Expr;

/**
 * Formula of a loss that is computed by hand-written loops: the mathematics to show beside them.
 *
 * @hidden
 */
@Internal
public interface LoopFormula extends LossFormula {
  /** The loss of sample i, \(\ell_i\), without the reduction. */
  Mathematics value();

  /** The derivative of \(\ell_i\) by what the model says. */
  Mathematics slope();

  /** What a mean is divided by, as a letter. */
  default String samples() {
    return "n";
  }

  /** What a mean is divided by, in words. */
  default String divisorSays() {
    return ", the samples";
  }

  /** What a weighted mean is divided by, as mathematics. */
  default Mathematics weights() {
    return new Mathematics("\\sum_{i=1}^{n} w_i", "Σᵢ wᵢ");
  }

  /** What a weighted mean is divided by, in words. */
  default String weightsSay() {
    return ", the sum of the weights";
  }

  @Override
  default boolean isOfLoops() {
    return true;
  }

  @Override
  default Expr perSample(Expr y, Expr p) {
    throw new IllegalStateException("A loss of loops has no formula over one row.");
  }
}
