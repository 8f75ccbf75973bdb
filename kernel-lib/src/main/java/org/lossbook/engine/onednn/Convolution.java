package org.lossbook.engine.onednn;

import java.util.Optional;
import org.bytedeco.dnnl.convolution_backward_data;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Window;

/**
 * dst[n, o, y, x] = bias[o] + Σ src[n, i, y·s + ky·d − p, x·s + kx·d − p] · weights[o, i, ky, kx].
 */
final class Convolution extends Weighted {
  private final Window window;
  private final int groups;
  private convolution_forward.primitive_desc descriptor;
  private memory src;

  Convolution(
      Node x, Parameters.Slot kernel, Optional<Parameters.Slot> bias, Window window, int groups) {
    super(x, kernel, bias);
    this.window = window;
    this.groups = groups;
  }

  @Override
  Optional<Window> window() {
    return Optional.of(window);
  }

  @Override
  void forward(Program program) {
    descriptor = descriptor(program);
    src = program.reordered(program.forward, x().value, descriptor.src_desc());
    memory weights = program.weight(kernel, kernelLayout(), descriptor.weights_desc());
    output.value = program.memory(descriptor.dst_desc());
    program.forward.add(
        Step.of(
            "convolution",
            new convolution_forward(descriptor),
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
        new convolution_backward_weights.primitive_desc(
            program.engine,
            dnnl.algorithm.convolution_auto,
            Formats.any(x().dims()),
            Formats.any(kernelDims()),
            biasLayout(),
            Formats.any(output.dims()),
            slide().strides(),
            slide().dilations(),
            slide().padBefore(),
            slide().padAfter(),
            descriptor,
            program.plain,
            false);
    memory diff = program.reordered(program.backward, diffDst, backward.diff_dst_desc());
    memory again = program.reordered(program.backward, src, backward.src_desc());
    memory diffWeights = program.gradient(kernel, kernelLayout(), backward.diff_weights_desc());
    program.backward.add(
        Step.of(
            "convolution backward by weights",
            new convolution_backward_weights(backward),
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
        new convolution_backward_data.primitive_desc(
            program.engine,
            dnnl.algorithm.convolution_auto,
            Formats.any(x().dims()),
            Formats.any(kernelDims()),
            Formats.any(output.dims()),
            slide().strides(),
            slide().dilations(),
            slide().padBefore(),
            slide().padAfter(),
            descriptor,
            program.plain,
            false);
    memory diff = program.reordered(program.backward, diffDst, backward.diff_dst_desc());
    memory weights = program.weight(kernel, kernelLayout(), backward.weights_desc());
    memory diffSrc = program.memory(backward.diff_src_desc());
    program.backward.add(
        Step.of(
            "convolution backward by data",
            new convolution_backward_data(backward),
            Arguments.of(dnnl.DNNL_ARG_DIFF_DST, diff)
                .and(dnnl.DNNL_ARG_WEIGHTS, weights)
                .and(dnnl.DNNL_ARG_DIFF_SRC, diffSrc)));
    return diffSrc;
  }

  private convolution_forward.primitive_desc descriptor(Program program) {
    dnnl.prop_kind use =
        program.training ? dnnl.prop_kind.forward_training : dnnl.prop_kind.forward_inference;
    return new convolution_forward.primitive_desc(
        program.engine,
        use,
        dnnl.algorithm.convolution_auto,
        Formats.any(x().dims()),
        Formats.any(kernelDims()),
        biasLayout(),
        Formats.any(output.dims()),
        slide().strides(),
        slide().dilations(),
        slide().padBefore(),
        slide().padAfter(),
        attributes(program),
        false);
  }

  /** [o, i, h, w], with the groups before where there are several. */
  private long[] kernelDims() {
    long in = x().dims()[1];
    long out = output.dims()[1];
    return groups == 1
        ? new long[] {out, in, window.height(), window.width()}
        : new long[] {groups, out / groups, in / groups, window.height(), window.width()};
  }

  /** As Keras has it: [h, w, i, o], a group's outputs side by side. */
  private memory.desc kernelLayout() {
    long out = output.dims()[1];
    long in = x().dims()[1] / groups;
    long row = window.width() * in * out;
    return groups == 1
        ? Formats.strided(kernelDims(), new long[] {1, out, row, in * out})
        : Formats.strided(kernelDims(), new long[] {out / groups, 1, out, row, in * out});
  }

  private Slide slide() {
    return new Slide(window, x());
  }
}
