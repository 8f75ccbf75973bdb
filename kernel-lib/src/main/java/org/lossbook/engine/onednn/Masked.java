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
  void forward(PlanBuilder program) {
    mask = drawn(program, layout());
    output.value = program.binary(program.forward, dnnl.algorithm.binary_mul, mask, x().value);
  }

  @Override
  memory backward(PlanBuilder program, memory diffDst, boolean needed) {
    return needed
        ? program.binary(program.backward, dnnl.algorithm.binary_mul, mask, diffDst)
        : null;
  }
}
