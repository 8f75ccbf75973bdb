package org.lossbook.loss.spec;

import org.lossbook.Internal;

/**
 * Loops of a loss of sequences over plain arrays; they allocate nothing. A sample has as many
 * labels as steps: 0 and numbers below fill it up.
 *
 * @hidden
 */
@Internal
public interface SequenceLoops {
  /** In place of the first label of a sample that has more labels than steps. */
  double TOO_MANY = -2;

  /**
   * The loss of one sample.
   *
   * @param y the labels of all samples
   * @param z the logits of all samples, row by row
   * @param length how many of its steps count, from the first one on
   */
  double loss(double[] y, double[] z, int sample, int length);

  /** Adds the gradient of the sample whose loss was just computed, times a factor. */
  void addGradient(double[] z, int sample, double factor, double[] gradient);
}
