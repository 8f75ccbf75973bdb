package org.lossbook.loss.spec;

import org.lossbook.Internal;

/**
 * Formula of a pairwise loss, which compares the samples of a batch with each other: loops that
 * compute it, and the mathematics and the steps to show beside them.
 *
 * @hidden
 */
@Internal
public interface PairwiseFormula extends LoopFormula {
  /** Its loops for rows of one width. */
  PairwiseLoops loops(int columns);

  /**
   * The steps from the others' distances to the loss of sample {@code i}.
   *
   * @param y the groups, one a sample
   * @param p the places, row by row
   */
  String steps(double[] y, double[] p, int i);
}
