package org.lossbook.engine.onednn.attention;

import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.softmax_backward;
import org.bytedeco.dnnl.softmax_forward;
import org.lossbook.engine.onednn.operation.Arguments;
import org.lossbook.engine.onednn.operation.PlanBuilder;
import org.lossbook.engine.onednn.operation.Step;

/** oneDNN's softmax of the rows of a matrix, forward and backward. */
final class Rows {
  private Rows() {}

  static softmax_forward.primitive_desc softmax(PlanBuilder builder, memory.desc rows) {
    return new softmax_forward.primitive_desc(
        builder.engine,
        builder.training ? dnnl.prop_kind.forward_training : dnnl.prop_kind.forward_inference,
        dnnl.algorithm.softmax_accurate,
        rows,
        rows,
        1,
        builder.plain,
        false);
  }

  /** The softmax of rows, which may be written in their place. */
  static Step step(softmax_forward.primitive_desc softmax, memory from, memory to) {
    return Step.of(
        "softmax",
        new softmax_forward(softmax),
        Arguments.of(dnnl.DNNL_ARG_SRC, from).and(dnnl.DNNL_ARG_DST, to));
  }

  static Step backwardStep(
      PlanBuilder builder,
      softmax_forward.primitive_desc softmax,
      memory values,
      memory diffDst,
      memory diffSrc) {
    var description =
        new softmax_backward.primitive_desc(
            builder.engine,
            dnnl.algorithm.softmax_accurate,
            diffSrc.get_desc(),
            diffDst.get_desc(),
            values.get_desc(),
            1,
            softmax,
            builder.plain,
            false);
    if (description.impl_info_str().getString().contains("ref")) {
      return new SoftmaxSlope(values, diffDst, diffSrc);
    }
    return Step.of(
        "softmax backward pass",
        new softmax_backward(description),
        Arguments.of(dnnl.DNNL_ARG_DST, values)
            .and(dnnl.DNNL_ARG_DIFF_DST, diffDst)
            .and(dnnl.DNNL_ARG_DIFF_SRC, diffSrc));
  }
}
