package org.lossbook.engine.onednn;

import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;

/** Element-wise product: dst = x · y. */
final class Product extends Operation {
  Product(GraphNode x, GraphNode y) {
    super(x, y);
  }

  @Override
  void forward(PlanBuilder program) {
    output.value =
        program.binary(program.forward, dnnl.algorithm.binary_mul, x().value, inputs.get(1).value);
  }

  @Override
  void backward(PlanBuilder program, memory diffDst) {
    backward(program, diffDst, x(), inputs.get(1));
    backward(program, diffDst, inputs.get(1), x());
  }

  private static void backward(PlanBuilder program, memory diffDst, GraphNode to, GraphNode other) {
    if (to.needsGradient()) {
      program.addGradient(
          to, program.binary(program.backward, dnnl.algorithm.binary_mul, other.value, diffDst));
    }
  }
}
