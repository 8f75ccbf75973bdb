package org.lossbook.engine.onednn;

import java.util.Optional;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive_attr;
import org.lossbook.engine.Parameters;

/**
 * What convolution and inner product share: a kernel, a bias, and a function applied in passing.
 */
abstract class Weighted extends Operation {
  final Parameters.Slot kernel;
  final Optional<Parameters.Slot> bias;
  private Optional<Eltwise> function = Optional.empty();

  Weighted(Node x, Parameters.Slot kernel, Optional<Parameters.Slot> bias) {
    super(x);
    this.kernel = kernel;
    this.bias = bias;
  }

  @Override
  boolean fuse(Eltwise next) {
    if (function.isPresent() || (output.graph.training() && !next.derivativeFromOutput())) {
      return false;
    }
    function = Optional.of(next);
    return true;
  }

  @Override
  boolean hasParameters() {
    return true;
  }

  final primitive_attr attributes(Program program) {
    return function.map(Eltwise::asPostOp).orElse(program.plain);
  }

  /** The gradient before the function that was applied in passing. */
  final memory beforeFunction(Program program, memory diffDst) {
    return function.map(f -> f.backwardFromOutput(program, output.value, diffDst)).orElse(diffDst);
  }

  /** An empty description is oneDNN's word for no bias. */
  final memory.desc biasLayout() {
    return bias.isPresent() ? Formats.vector(output.dims()[1]) : new memory.desc();
  }

  @Override
  long work() {
    return super.work() / output.dims()[1] * kernel.size();
  }
}
