package org.lossbook.engine.onednn.elementwise;

import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.lossbook.Internal;
import org.lossbook.engine.onednn.operation.GraphNode;
import org.lossbook.engine.onednn.operation.Operation;
import org.lossbook.engine.onednn.operation.PlanBuilder;

/**
 * Element-wise maximum or minimum of two values; at ties the first gets the gradient.
 *
 * @hidden
 */
@Internal
public final class MinMax extends Operation {
  private final dnnl.algorithm chooses;
  private final dnnl.algorithm choosesFirst;

  private MinMax(GraphNode x, GraphNode y, dnnl.algorithm chooses, dnnl.algorithm choosesFirst) {
    super(x, y);
    this.chooses = chooses;
    this.choosesFirst = choosesFirst;
  }

  public static MinMax maximum(GraphNode x, GraphNode y) {
    return new MinMax(x, y, dnnl.algorithm.binary_max, dnnl.algorithm.binary_ge);
  }

  public static MinMax minimum(GraphNode x, GraphNode y) {
    return new MinMax(x, y, dnnl.algorithm.binary_min, dnnl.algorithm.binary_le);
  }

  @Override
  public void addForwardSteps(PlanBuilder builder) {
    output.value = builder.binary(builder.forward, chooses, x().value, y().value);
  }

  @Override
  public void addBackwardSteps(PlanBuilder builder, memory diffDst) {
    memory isFirst = builder.binary(builder.backward, choosesFirst, x().value, y().value);
    memory first = builder.binary(builder.backward, dnnl.algorithm.binary_mul, isFirst, diffDst);
    if (y().needsGradient()) {
      builder.addGradient(
          y(), builder.binary(builder.backward, dnnl.algorithm.binary_sub, diffDst, first));
    }
    if (x().needsGradient()) {
      builder.addGradient(x(), first);
    }
  }

  private GraphNode y() {
    return inputs.get(1);
  }
}
