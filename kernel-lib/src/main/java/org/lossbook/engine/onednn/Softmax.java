package org.lossbook.engine.onednn;

import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.softmax_backward;
import org.bytedeco.dnnl.softmax_forward;

/** exp(xᵢ) / Σ exp(xⱼ) over the channels, the greatest taken off first. */
final class Softmax extends Unary {
  private static final int CHANNELS = 1;
  private softmax_forward.primitive_desc descriptor;

  Softmax(Node x) {
    super(x);
  }

  @Override
  void forward(Program program) {
    memory.desc layout = x().value.get_desc();
    descriptor =
        new softmax_forward.primitive_desc(
            program.engine,
            program.training ? dnnl.prop_kind.forward_training : dnnl.prop_kind.forward_inference,
            dnnl.algorithm.softmax_accurate,
            layout,
            layout,
            CHANNELS,
            program.plain,
            false);
    output.value = program.memory(layout);
    program.forward.add(
        Step.of(
            "softmax",
            new softmax_forward(descriptor),
            Arguments.of(dnnl.DNNL_ARG_SRC, x().value).and(dnnl.DNNL_ARG_DST, output.value)));
  }

  @Override
  memory backward(Program program, memory diffDst, boolean needed) {
    if (!needed) {
      return null;
    }
    memory.desc layout = output.value.get_desc();
    memory diff = program.reordered(program.backward, diffDst, layout);
    memory diffSrc = program.memory(layout);
    var backward =
        new softmax_backward.primitive_desc(
            program.engine,
            dnnl.algorithm.softmax_accurate,
            layout,
            layout,
            layout,
            CHANNELS,
            descriptor,
            program.plain,
            false);
    program.backward.add(
        Step.of(
            "softmax backward",
            new softmax_backward(backward),
            Arguments.of(dnnl.DNNL_ARG_DST, output.value)
                .and(dnnl.DNNL_ARG_DIFF_DST, diff)
                .and(dnnl.DNNL_ARG_DIFF_SRC, diffSrc)));
    return diffSrc;
  }
}
