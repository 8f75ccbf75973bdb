package org.lossbook.engine.onednn;

import org.bytedeco.dnnl.memory;

/** An operation with one input. */
abstract class Unary extends Operation {
  Unary(GraphNode x) {
    super(x);
  }

  /**
   * Adds the backward steps.
   *
   * @param diffDst dL/d output, in any layout; it may be overwritten
   * @return dL/d input; null where {@code needed} is false
   */
  abstract memory addBackwardSteps(PlanBuilder builder, memory diffDst, boolean needed);

  @Override
  final void addBackwardSteps(PlanBuilder builder, memory diffDst) {
    boolean needed = x().needsGradient();
    memory diffSrc = addBackwardSteps(builder, diffDst, needed);
    if (needed) {
      builder.addGradient(x(), diffSrc);
    }
  }
}
