package org.lossbook.engine.onednn.operation;

import org.bytedeco.dnnl.eltwise_backward;
import org.bytedeco.dnnl.eltwise_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;
import org.lossbook.Internal;
import org.lossbook.engine.Bounds;

/**
 * Relu and leaky relu, max(x, 0) + alpha · min(x, 0), and clipping, min(max(x, low), high), by
 * oneDNN. If the derivative can be computed from the output, the input need not be kept, so that
 * the operation before can apply it as a post-op.
 *
 * @hidden
 */
@Internal
public final class Eltwise extends Pointwise {
  private final dnnl.algorithm algorithm;
  private final dnnl.algorithm fromOutput;
  private final float alpha;
  private final float beta;

  private Eltwise(
      GraphNode x, dnnl.algorithm algorithm, dnnl.algorithm fromOutput, float alpha, float beta) {
    super(x);
    this.algorithm = algorithm;
    this.fromOutput = fromOutput;
    this.alpha = alpha;
    this.beta = beta;
  }

  /**
   * @param slope the slope below 0: none for relu, some for a leaky one
   */
  static Eltwise relu(GraphNode x, float slope) {
    dnnl.algorithm relu = dnnl.algorithm.eltwise_relu;
    return new Eltwise(
        x, relu, slope >= 0 ? dnnl.algorithm.eltwise_relu_use_dst_for_bwd : relu, slope, 0);
  }

  /** Clipping; its derivative is 0 at both bounds. */
  static Eltwise clip(GraphNode x, Bounds bounds) {
    return new Eltwise(
        x,
        dnnl.algorithm.eltwise_clip_v2,
        dnnl.algorithm.eltwise_clip_v2_use_dst_for_bwd,
        (float) bounds.low(),
        (float) bounds.high());
  }

  /** Whether the derivative can be computed from the output alone. */
  boolean derivativeFromOutput() {
    return fromOutput != algorithm;
  }

  @Override
  public boolean rises() {
    return algorithm != dnnl.algorithm.eltwise_relu || alpha >= 0;
  }

  void appendTo(post_ops ops) {
    ops.append_eltwise(algorithm, alpha, beta);
  }

  /** The attributes that make it a post-op of another primitive. */
  primitive_attr asPostOp() {
    post_ops ops = new post_ops();
    appendTo(ops);
    primitive_attr attributes = new primitive_attr();
    attributes.set_post_ops(ops);
    return attributes;
  }

  @Override
  public void addForwardSteps(PlanBuilder builder) {
    memory.desc layout = x().value.get_desc();
    output.value = builder.value(layout);
    builder.forward.add(
        Step.of(
            "eltwise",
            new eltwise_forward(descriptor(builder, layout)),
            Arguments.of(dnnl.DNNL_ARG_SRC, x().value).and(dnnl.DNNL_ARG_DST, output.value)));
  }

  @Override
  public memory addBackwardSteps(PlanBuilder builder, memory diffDst, boolean needed) {
    return derivativeFromOutput()
        ? addBackwardSteps(builder, diffDst, dnnl.DNNL_ARG_DST, output.value)
        : addBackwardSteps(builder, diffDst, dnnl.DNNL_ARG_SRC, x().value);
  }

  /** The backward pass if another operation applied the function, from its output {@code dst}. */
  memory backwardFromOutput(PlanBuilder builder, memory dst, memory diffDst) {
    return addBackwardSteps(builder, diffDst, dnnl.DNNL_ARG_DST, dst);
  }

  private memory addBackwardSteps(PlanBuilder builder, memory diffDst, int argument, memory data) {
    memory.desc layout = data.get_desc();
    memory diff = builder.reordered(builder.backward, diffDst, layout);
    eltwise_backward.primitive_desc descriptor =
        new eltwise_backward.primitive_desc(
            builder.engine,
            fromOutput,
            layout,
            layout,
            layout,
            alpha,
            beta,
            descriptor(builder, layout),
            builder.plain,
            false);
    // In place, because only this operation reads the gradient.
    builder.backward.add(
        Step.of(
            "eltwise backward",
            new eltwise_backward(descriptor),
            Arguments.of(argument, data)
                .and(dnnl.DNNL_ARG_DIFF_DST, diff)
                .and(dnnl.DNNL_ARG_DIFF_SRC, diff)));
    return diff;
  }

  private eltwise_forward.primitive_desc descriptor(PlanBuilder builder, memory.desc layout) {
    return new eltwise_forward.primitive_desc(
        builder.engine,
        builder.training ? dnnl.prop_kind.forward_training : dnnl.prop_kind.forward_inference,
        builder.training ? fromOutput : algorithm,
        layout,
        layout,
        alpha,
        beta,
        builder.plain,
        false);
  }
}
