package org.lossbook.engine.onednn;

import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;

/** Element-wise product: dst = x · y. */
final class Product extends Operation {
  Product(GraphNode x, GraphNode y) {
    super(x, y);
  }

  @Override
  void addForwardSteps(PlanBuilder builder) {
    output.value =
        builder.binary(builder.forward, dnnl.algorithm.binary_mul, x().value, inputs.get(1).value);
  }

  @Override
  void addBackwardSteps(PlanBuilder builder, memory diffDst) {
    addBackwardSteps(builder, diffDst, x(), inputs.get(1));
    addBackwardSteps(builder, diffDst, inputs.get(1), x());
  }

  private static void addBackwardSteps(
      PlanBuilder builder, memory diffDst, GraphNode to, GraphNode other) {
    if (to.needsGradient()) {
      builder.addGradient(
          to, builder.binary(builder.backward, dnnl.algorithm.binary_mul, other.value, diffDst));
    }
  }
}
