package org.lossbook.engine.onednn;

import java.util.List;
import java.util.Optional;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.inner_product_backward_data;
import org.bytedeco.dnnl.inner_product_backward_weights;
import org.bytedeco.dnnl.inner_product_forward;
import org.bytedeco.dnnl.memory;
import org.lossbook.engine.Parameters;

/**
 * dst[n, o] = bias[o] + Σ src[n, …] · weights[o, …]. An image before it need not be flattened: the
 * kernel's rows are read in the order of the image's own axes.
 */
final class InnerProduct extends Weighted {
  private inner_product_forward.primitive_desc descriptor;
  private memory src;

  InnerProduct(Node x, Parameters.Slot kernel, Optional<Parameters.Slot> bias) {
    super(x, kernel, bias);
  }

  /** Reads the numbers where they lay before a reshape. */
  void readFrom(Node image) {
    inputs = List.of(image);
    image.users++;
  }

  @Override
  void forward(Program program) {
    descriptor =
        new inner_product_forward.primitive_desc(
            program.engine,
            use(program),
            Formats.any(x().dims()),
            Formats.any(kernelDims()),
            biasLayout(),
            Formats.any(output.dims()),
            attributes(program),
            false);
    src = program.reordered(program.forward, x().value, descriptor.src_desc());
    memory weights = program.weight(kernel, kernelLayout(), descriptor.weights_desc());
    output.value = program.memory(descriptor.dst_desc());
    program.forward.add(
        Step.of(
            "inner product",
            new inner_product_forward(descriptor),
            Arguments.of(dnnl.DNNL_ARG_SRC, src)
                .and(dnnl.DNNL_ARG_WEIGHTS, weights)
                .and(dnnl.DNNL_ARG_BIAS, bias.map(b -> program.parameter(b, biasLayout())))
                .and(dnnl.DNNL_ARG_DST, output.value)));
  }

  @Override
  memory backward(Program program, memory diffDst, boolean needed) {
    memory diff = beforeFunction(program, diffDst);
    backwardWeights(program, diff);
    return needed ? backwardData(program, diff) : null;
  }

  private void backwardWeights(Program program, memory diffDst) {
    var backward =
        new inner_product_backward_weights.primitive_desc(
            program.engine,
            Formats.any(x().dims()),
            Formats.any(kernelDims()),
            biasLayout(),
            Formats.any(output.dims()),
            descriptor,
            program.plain,
            false);
    memory again = program.reordered(program.backward, src, backward.src_desc());
    memory diff = program.reordered(program.backward, diffDst, backward.diff_dst_desc());
    memory diffWeights = program.gradient(kernel, kernelLayout(), backward.diff_weights_desc());
    program.backward.add(
        Step.of(
            "inner product backward by weights",
            new inner_product_backward_weights(backward),
            Arguments.of(dnnl.DNNL_ARG_SRC, again)
                .and(dnnl.DNNL_ARG_DIFF_DST, diff)
                .and(dnnl.DNNL_ARG_DIFF_WEIGHTS, diffWeights)
                .and(
                    dnnl.DNNL_ARG_DIFF_BIAS,
                    bias.map(b -> program.gradient(b, biasLayout(), biasLayout())))));
    program.gradientWritten(kernel, kernelLayout(), diffWeights);
  }

  private memory backwardData(Program program, memory diffDst) {
    var backward =
        new inner_product_backward_data.primitive_desc(
            program.engine,
            Formats.any(x().dims()),
            Formats.any(kernelDims()),
            Formats.any(output.dims()),
            descriptor,
            program.plain,
            false);
    memory diff = program.reordered(program.backward, diffDst, backward.diff_dst_desc());
    memory weights = program.weight(kernel, kernelLayout(), backward.weights_desc());
    memory diffSrc = program.memory(backward.diff_src_desc());
    program.backward.add(
        Step.of(
            "inner product backward by data",
            new inner_product_backward_data(backward),
            Arguments.of(dnnl.DNNL_ARG_DIFF_DST, diff)
                .and(dnnl.DNNL_ARG_WEIGHTS, weights)
                .and(dnnl.DNNL_ARG_DIFF_SRC, diffSrc)));
    return diffSrc;
  }

  private static dnnl.prop_kind use(Program program) {
    return program.training ? dnnl.prop_kind.forward_training : dnnl.prop_kind.forward_inference;
  }

  /** [o, …], the rest as the source has it. */
  private long[] kernelDims() {
    long[] dims = x().dims();
    dims[0] = output.dims()[1];
    return dims;
  }

  /** As Keras has it, [in, out] with the inputs channels last: the outputs are side by side. */
  private memory.desc kernelLayout() {
    long[] dims = kernelDims();
    long[] strides = new long[dims.length];
    strides[0] = 1;
    long next = dims[0];
    strides[1] = next;
    next *= dims[1];
    for (int axis = dims.length - 1; axis >= 2; axis--) {
      strides[axis] = next;
      next *= dims[axis];
    }
    return Formats.strided(dims, strides);
  }
}
