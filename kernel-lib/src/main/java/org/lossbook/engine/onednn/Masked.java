package org.lossbook.engine.onednn;

import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;

/** An operation that multiplies by a random mask, forward and backward. */
abstract class Masked extends RandomOp {
  private memory mask;

  Masked(GraphNode x, int place) {
    super(x, place);
  }

  /** The layout of the mask. */
  memory.desc layout() {
    return x().value.get_desc();
  }

  @Override
  void addForwardSteps(PlanBuilder builder) {
    mask = drawn(builder, layout());
    output.value = builder.binary(builder.forward, dnnl.algorithm.binary_mul, mask, x().value);
  }

  @Override
  memory addBackwardSteps(PlanBuilder builder, memory diffDst, boolean needed) {
    return needed
        ? builder.binary(builder.backward, dnnl.algorithm.binary_mul, mask, diffDst)
        : null;
  }
}
