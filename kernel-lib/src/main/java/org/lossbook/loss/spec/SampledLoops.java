package org.lossbook.loss.spec;

import org.lossbook.Internal;

/**
 * Loops of a loss of drawn classes; they allocate nothing.
 *
 * @hidden
 */
@Internal
public interface SampledLoops {
  /** Draws other classes, for the next batch. */
  void draw();

  /** How many classes are drawn. */
  int count();

  /** The class that was drawn in that place. */
  int drawn(int place);

  /**
   * The loss of a row.
   *
   * @param label its class
   * @param z from {@code at} on the logit of its class, then those of the drawn ones
   * @param slopes receives the derivatives by them at the same places
   */
  double loss(int label, double[] z, int at, double[] slopes);
}
