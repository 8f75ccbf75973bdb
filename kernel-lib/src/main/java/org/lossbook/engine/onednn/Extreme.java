package org.lossbook.engine.onednn;

import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;

/**
 * The greater or the smaller of two, number by number; of equal ones the first has the gradient.
 */
final class Extreme extends Operation {
  private final dnnl.algorithm chooses;
  private final dnnl.algorithm choosesFirst;

  private Extreme(Node x, Node y, dnnl.algorithm chooses, dnnl.algorithm choosesFirst) {
    super(x, y);
    this.chooses = chooses;
    this.choosesFirst = choosesFirst;
  }

  static Extreme maximum(Node x, Node y) {
    return new Extreme(x, y, dnnl.algorithm.binary_max, dnnl.algorithm.binary_ge);
  }

  static Extreme minimum(Node x, Node y) {
    return new Extreme(x, y, dnnl.algorithm.binary_min, dnnl.algorithm.binary_le);
  }

  @Override
  void forward(Program program) {
    output.value = program.binary(program.forward, chooses, x().value, y().value);
  }

  @Override
  void backward(Program program, memory diffDst) {
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

  private Node y() {
    return inputs.get(1);
  }
}
