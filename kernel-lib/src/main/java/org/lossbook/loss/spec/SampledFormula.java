package org.lossbook.loss.spec;

import org.lossbook.Internal;

/**
 * Formula of a loss that looks at each row's own class and at a few others, which it draws for each
 * batch.
 *
 * @hidden
 */
@Internal
public interface SampledFormula extends LoopFormula {
  /** Its loops for rows of so many classes. */
  SampledLoops loops(int classes);

  /** The steps from the logits of row {@code i} to its loss. */
  String steps(double[] labels, double[] logits, int i);
}
