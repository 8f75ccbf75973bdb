package org.lossbook.engine.onednn;

import java.util.Optional;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.primitive_desc;
import org.lossbook.engine.Parameters;

/**
 * An operation with a kernel and a bias, convolution or inner product: the steps forward, backward
 * to the kernel and backward to the input. The subclasses describe them to oneDNN.
 */
abstract class KernelOperation extends FusableOperation {
  final Parameters.Slot kernel;
  final Optional<Parameters.Slot> bias;
  private memory src;

  KernelOperation(GraphNode x, Parameters.Slot kernel, Optional<Parameters.Slot> bias) {
    super(x);
    this.kernel = kernel;
    this.bias = bias;
  }

  /** A primitive, and its descriptor, which says which layouts it wants. */
  record Made(primitive_desc description, primitive primitive) {}

  /** Its name in messages. */
  abstract String what();

  abstract Made makeForward(PlanBuilder program);

  /** Created after the forward primitive, whose descriptor is its hint. */
  abstract Made makeBackwardWeights(PlanBuilder program);

  /** Created after the forward primitive, whose descriptor is its hint. */
  abstract Made makeBackwardData(PlanBuilder program);

  /** The kernel in Keras's layout. */
  abstract memory.desc kernelLayout();

  @Override
  final void forward(PlanBuilder program) {
    Made made = makeForward(program);
    src = program.reordered(program.forward, x().value, made.description.src_desc());
    memory weights = program.weight(kernel, kernelLayout(), made.description.weights_desc());
    output.value = program.memory(made.description.dst_desc());
    program.forward.add(
        Step.of(
            what(),
            made.primitive,
            Arguments.of(dnnl.DNNL_ARG_SRC, src)
                .and(dnnl.DNNL_ARG_WEIGHTS, weights)
                .and(dnnl.DNNL_ARG_BIAS, bias.map(b -> program.parameter(b, biasLayout())))
                .and(dnnl.DNNL_ARG_DST, output.value)));
  }

  @Override
  final memory backward(PlanBuilder program, memory diffDst, boolean needed) {
    memory diff = beforeFunction(program, diffDst);
    if (isTrained()) {
      backwardWeights(program, diff);
    }
    return needed ? backwardData(program, diff) : null;
  }

  private void backwardWeights(PlanBuilder program, memory diffDst) {
    Made made = makeBackwardWeights(program);
    memory diff = program.reordered(program.backward, diffDst, made.description.diff_dst_desc());
    memory again = program.reordered(program.backward, src, made.description.src_desc());
    memory diffWeights =
        program.gradient(kernel, kernelLayout(), made.description.diff_weights_desc());
    Optional<memory> diffBias = bias.map(b -> program.gradient(b, biasLayout(), biasLayout()));
    program.backward.add(
        Step.of(
            what() + " backward by weights",
            made.primitive,
            Arguments.of(dnnl.DNNL_ARG_SRC, again)
                .and(dnnl.DNNL_ARG_DIFF_DST, diff)
                .and(dnnl.DNNL_ARG_DIFF_WEIGHTS, diffWeights)
                .and(dnnl.DNNL_ARG_DIFF_BIAS, diffBias)));
    program.gradientWritten(kernel, kernelLayout(), diffWeights);
    bias.ifPresent(b -> program.gradientWritten(b, biasLayout(), diffBias.orElseThrow()));
  }

  private memory backwardData(PlanBuilder program, memory diffDst) {
    Made made = makeBackwardData(program);
    memory diff = program.reordered(program.backward, diffDst, made.description.diff_dst_desc());
    memory weights = program.weight(kernel, kernelLayout(), made.description.weights_desc());
    memory diffSrc = program.memory(made.description.diff_src_desc());
    program.backward.add(
        Step.of(
            what() + " backward by data",
            made.primitive,
            Arguments.of(dnnl.DNNL_ARG_DIFF_DST, diff)
                .and(dnnl.DNNL_ARG_WEIGHTS, weights)
                .and(dnnl.DNNL_ARG_DIFF_SRC, diffSrc)));
    return diffSrc;
  }

  @Override
  boolean isTrained() {
    return kernel.parameter().trainable();
  }

  /** The layout of the bias; an empty descriptor tells oneDNN that there is none. */
  final memory.desc biasLayout() {
    return bias.isPresent() ? Formats.vector(output.dims()[1]) : new memory.desc();
  }

  static dnnl.prop_kind use(PlanBuilder program) {
    return program.training ? dnnl.prop_kind.forward_training : dnnl.prop_kind.forward_inference;
  }

  @Override
  long work() {
    return super.work() / output.dims()[1] * kernel.size();
  }
}
