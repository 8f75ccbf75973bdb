package org.lossbook.loss.spec;

import org.lossbook.Internal;

/**
 * Loops of a pairwise loss over plain arrays; they allocate nothing.
 *
 * @hidden
 */
@Internal
public interface PairwiseLoops {
  /** Makes room for batches of so many rows. */
  void reserve(int rows);

  /**
   * The loss of each sample beside the others of the batch.
   *
   * @param y the groups, one a sample
   * @param p the places, row by row
   */
  void losses(double[] y, double[] p, int rows, double[] losses);

  /**
   * The gradient of the samples' losses, each times its factor, by all places.
   *
   * @param gradient receives it in place of what it held
   */
  void gradient(double[] y, double[] p, int rows, double[] factors, double[] gradient);

  /** Whether a sample of this loss counts among those that a mean is divided by. */
  default boolean counts(double loss) {
    return true;
  }
}
