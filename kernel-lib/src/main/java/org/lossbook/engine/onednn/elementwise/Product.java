package org.lossbook.engine.onednn.elementwise;

import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.lossbook.Internal;
import org.lossbook.engine.onednn.operation.GraphNode;
import org.lossbook.engine.onednn.operation.Operation;
import org.lossbook.engine.onednn.operation.PlanBuilder;

/**
 * Element-wise product: dst = x · y.
 *
 * @hidden
 */
@Internal
public final class Product extends Operation {
  public Product(GraphNode x, GraphNode y) {
    super(x, y);
  }

  @Override
  public void addForwardSteps(PlanBuilder builder) {
    output.value =
        builder.binary(builder.forward, dnnl.algorithm.binary_mul, x().value, inputs.get(1).value);
  }

  @Override
  public void addBackwardSteps(PlanBuilder builder, memory diffDst) {
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
