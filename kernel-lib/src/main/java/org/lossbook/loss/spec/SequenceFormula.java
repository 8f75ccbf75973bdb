package org.lossbook.loss.spec;

import java.util.List;
import org.lossbook.Internal;

/**
 * Formula of a loss of whole sequences, which compares a sample's labels with the rows of all its
 * steps together.
 *
 * @hidden
 */
@Internal
public interface SequenceFormula extends LoopFormula {
  /** Its loops for samples of one size. */
  SequenceLoops loops(int steps, int classes);

  /**
   * The steps from a sample's rows to its loss, a line each: what is looked at, and its number.
   *
   * @param labels of one sample, as {@link SequenceLoops} takes them
   * @param z its logits, row by row
   */
  List<List<String>> steps(double[] labels, double[] z, int classes);
}
