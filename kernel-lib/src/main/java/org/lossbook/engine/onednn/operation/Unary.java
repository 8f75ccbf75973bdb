package org.lossbook.engine.onednn.operation;

import org.bytedeco.dnnl.memory;
import org.lossbook.Internal;

/**
 * An operation with one input.
 *
 * @hidden
 */
@Internal
public abstract class Unary extends Operation {
  public Unary(GraphNode x) {
    super(x);
  }

  /**
   * Adds the backward steps.
   *
   * @param diffDst dL/d output, in any layout; it may be overwritten
   * @return dL/d input; null where {@code needed} is false
   */
  public abstract memory addBackwardSteps(PlanBuilder builder, memory diffDst, boolean needed);

  @Override
  public final void addBackwardSteps(PlanBuilder builder, memory diffDst) {
    boolean needed = x().needsGradient();
    memory diffSrc = addBackwardSteps(builder, diffDst, needed);
    if (needed) {
      builder.addGradient(x(), diffSrc);
    }
  }
}
