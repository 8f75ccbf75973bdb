package org.lossbook.engine.onednn;

import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;

/** Element-wise maximum or minimum of two values; at ties the first gets the gradient. */
final class MinMax extends Operation {
  private final dnnl.algorithm chooses;
  private final dnnl.algorithm choosesFirst;

  private MinMax(GraphNode x, GraphNode y, dnnl.algorithm chooses, dnnl.algorithm choosesFirst) {
    super(x, y);
    this.chooses = chooses;
    this.choosesFirst = choosesFirst;
  }

  static MinMax maximum(GraphNode x, GraphNode y) {
    return new MinMax(x, y, dnnl.algorithm.binary_max, dnnl.algorithm.binary_ge);
  }

  static MinMax minimum(GraphNode x, GraphNode y) {
    return new MinMax(x, y, dnnl.algorithm.binary_min, dnnl.algorithm.binary_le);
  }

  @Override
  void forward(PlanBuilder program) {
    output.value = program.binary(program.forward, chooses, x().value, y().value);
  }

  @Override
  void backward(PlanBuilder program, memory diffDst) {
    memory isFirst = program.binary(program.backward, choosesFirst, x().value, y().value);
    memory first = program.binary(program.backward, dnnl.algorithm.binary_mul, isFirst, diffDst);
    if (y().needsGradient()) {
      program.addGradient(
          y(), program.binary(program.backward, dnnl.algorithm.binary_sub, diffDst, first));
    }
    if (x().needsGradient()) {
      program.addGradient(x(), first);
    }
  }

  private GraphNode y() {
    return inputs.get(1);
  }
}
