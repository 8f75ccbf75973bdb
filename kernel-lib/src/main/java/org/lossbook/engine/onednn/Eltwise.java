package org.lossbook.engine.onednn;

import org.bytedeco.dnnl.eltwise_backward;
import org.bytedeco.dnnl.eltwise_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;
import org.lossbook.engine.Activation;

/**
 * A function on each number. Where its derivative can be told from its value, backward reads the
 * output and the input need not be kept, so that the operation before can apply it in passing.
 */
final class Eltwise extends Unary {
  private final dnnl.algorithm algorithm;
  private final dnnl.algorithm fromOutput;
  private final float alpha;

  Eltwise(Node x, Activation activation) {
    super(x);
    alpha =
        switch (activation.kind()) {
          case LEAKY_RELU, ELU -> activation.alpha();
          case SWISH, SOFTPLUS -> 1;
          default -> 0;
        };
    algorithm =
        switch (activation.kind()) {
          case RELU, LEAKY_RELU -> dnnl.algorithm.eltwise_relu;
          case SIGMOID -> dnnl.algorithm.eltwise_logistic;
          case TANH -> dnnl.algorithm.eltwise_tanh;
          case ELU -> dnnl.algorithm.eltwise_elu;
          case GELU -> dnnl.algorithm.eltwise_gelu_erf;
          case GELU_TANH -> dnnl.algorithm.eltwise_gelu_tanh;
          case SWISH -> dnnl.algorithm.eltwise_swish;
          case SOFTPLUS -> dnnl.algorithm.eltwise_soft_relu;
          case LINEAR, SOFTMAX ->
              throw new IllegalArgumentException(activation + " is not a function of one number");
        };
    fromOutput =
        switch (activation.kind()) {
          case RELU -> dnnl.algorithm.eltwise_relu_use_dst_for_bwd;
          case LEAKY_RELU -> alpha >= 0 ? dnnl.algorithm.eltwise_relu_use_dst_for_bwd : algorithm;
          case SIGMOID -> dnnl.algorithm.eltwise_logistic_use_dst_for_bwd;
          case TANH -> dnnl.algorithm.eltwise_tanh_use_dst_for_bwd;
          case ELU -> alpha >= 0 ? dnnl.algorithm.eltwise_elu_use_dst_for_bwd : algorithm;
          default -> algorithm;
        };
  }

  /** Whether the derivative can be told from the value alone. */
  boolean derivativeFromOutput() {
    return fromOutput != algorithm;
  }

  /**
   * Whether a greater number never has a smaller value, so that the greatest stays the greatest.
   */
  boolean rises() {
    return switch (algorithm) {
      case eltwise_relu, eltwise_elu -> alpha >= 0;
      case eltwise_logistic, eltwise_tanh, eltwise_soft_relu -> true;
      default -> false;
    };
  }

  /** As an afterthought of another primitive. */
  primitive_attr asPostOp() {
    post_ops ops = new post_ops();
    ops.append_eltwise(algorithm, alpha, 0);
    primitive_attr attributes = new primitive_attr();
    attributes.set_post_ops(ops);
    return attributes;
  }

  @Override
  void forward(Program program) {
    memory.desc layout = x().value.get_desc();
    output.value = program.memory(layout);
    program.forward.add(
        Step.of(
            "eltwise",
            new eltwise_forward(descriptor(program, layout)),
            Arguments.of(dnnl.DNNL_ARG_SRC, x().value).and(dnnl.DNNL_ARG_DST, output.value)));
  }

  @Override
  memory backward(Program program, memory diffDst, boolean needed) {
    return derivativeFromOutput()
        ? backward(program, diffDst, dnnl.DNNL_ARG_DST, output.value)
        : backward(program, diffDst, dnnl.DNNL_ARG_SRC, x().value);
  }

  /** Backward where another operation applied the function and {@code dst} is what came out. */
  memory backwardFromOutput(Program program, memory dst, memory diffDst) {
    return backward(program, diffDst, dnnl.DNNL_ARG_DST, dst);
  }

  private memory backward(Program program, memory diffDst, int argument, memory data) {
    memory.desc layout = data.get_desc();
    memory diff = program.reordered(program.backward, diffDst, layout);
    eltwise_backward.primitive_desc descriptor =
        new eltwise_backward.primitive_desc(
            program.engine,
            fromOutput,
            layout,
            layout,
            layout,
            alpha,
            0,
            descriptor(program, layout),
            program.plain,
            false);
    // In place: nobody reads this gradient after its one operation has.
    program.backward.add(
        Step.of(
            "eltwise backward",
            new eltwise_backward(descriptor),
            Arguments.of(argument, data)
                .and(dnnl.DNNL_ARG_DIFF_DST, diff)
                .and(dnnl.DNNL_ARG_DIFF_SRC, diff)));
    return diff;
  }

  private eltwise_forward.primitive_desc descriptor(Program program, memory.desc layout) {
    return new eltwise_forward.primitive_desc(
        program.engine,
        program.training ? dnnl.prop_kind.forward_training : dnnl.prop_kind.forward_inference,
        program.training ? fromOutput : algorithm,
        layout,
        layout,
        alpha,
        0,
        program.plain,
        false);
  }
}
