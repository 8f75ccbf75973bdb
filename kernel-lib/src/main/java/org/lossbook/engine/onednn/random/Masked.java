package org.lossbook.engine.onednn.random;

import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.lossbook.engine.onednn.operation.GraphNode;
import org.lossbook.engine.onednn.operation.PlanBuilder;
import org.lossbook.engine.onednn.operation.RandomOp;

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
  public void addForwardSteps(PlanBuilder builder) {
    mask = drawn(builder, layout());
    output.value = builder.binary(builder.forward, dnnl.algorithm.binary_mul, mask, x().value);
  }

  @Override
  public memory addBackwardSteps(PlanBuilder builder, memory diffDst, boolean needed) {
    return needed
        ? builder.binary(builder.backward, dnnl.algorithm.binary_mul, mask, diffDst)
        : null;
  }
}
