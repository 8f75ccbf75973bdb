package org.lossbook.analysis;

import java.util.Map;
import org.lossbook.data.Values;

/** One layer's pass, forward and back; matrices have one row per sample, or one per step of it. */
sealed interface Pass permits DensePass, SequencePass {
  String name();

  /** What the layer gives. */
  double[][] out();

  /** The gradients with respect to its parameters, by their full names. */
  Map<String, Values> gradients();
}
