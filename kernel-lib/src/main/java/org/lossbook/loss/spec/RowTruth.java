package org.lossbook.loss.spec;

import org.lossbook.Internal;

/**
 * Demand of a classification loss on a row of truth, the weakest first.
 *
 * @hidden
 */
@Internal
public enum RowTruth {
  /** 1 for the true class and 0 or −1 for the others, or a number between; any sum will do. */
  SCORES,
  /** Probabilities that sum to one, or a row of zeros: a sample without a class. */
  PROBABILITIES_OR_NONE,
  /** Probabilities that sum to one. */
  PROBABILITIES
}
