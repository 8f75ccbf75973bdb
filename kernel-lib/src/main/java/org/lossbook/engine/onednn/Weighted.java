package org.lossbook.engine.onednn;

import java.util.Optional;
import org.bytedeco.dnnl.memory;
import org.lossbook.engine.Parameters;

/** What convolution and inner product share: a kernel and a bias. */
abstract class Weighted extends Fusing {
  final Parameters.Slot kernel;
  final Optional<Parameters.Slot> bias;

  Weighted(Node x, Parameters.Slot kernel, Optional<Parameters.Slot> bias) {
    super(x);
    this.kernel = kernel;
    this.bias = bias;
  }

  @Override
  boolean hasParameters() {
    return true;
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
