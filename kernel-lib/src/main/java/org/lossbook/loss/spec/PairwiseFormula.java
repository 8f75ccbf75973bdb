package org.lossbook.loss.spec;

import java.util.Optional;
import org.lossbook.Internal;
import org.lossbook.formula.Expr;

/**
 * Formula of a pairwise loss, which compares the samples of a batch with each other: loops that
 * compute it, and the mathematics and the steps to show beside them.
 *
 * @hidden
 */
@Internal
public interface PairwiseFormula extends LossFormula {
  /** Its loops for rows of one width. */
  PairwiseLoops loops(int columns);

  /** The loss of sample i, \(\ell_i\), without the reduction. */
  Mathematics value();

  /** The derivative of \(\ell_i\) by the places. */
  Mathematics slope();

  /**
   * The steps from the others' distances to the loss of sample {@code i}.
   *
   * @param y the groups, one a sample
   * @param p the places, row by row
   */
  String steps(double[] y, double[] p, int i);

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
  default Optional<PairwiseFormula> pairwise() {
    return Optional.of(this);
  }

  @Override
  default Expr perSample(Expr y, Expr p) {
    throw new IllegalStateException("A pairwise loss has no formula over one row.");
  }
}
