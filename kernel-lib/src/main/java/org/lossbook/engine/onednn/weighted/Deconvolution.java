package org.lossbook.engine.onednn.weighted;

import java.util.Optional;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import org.bytedeco.dnnl.deconvolution_backward_data;
import org.bytedeco.dnnl.deconvolution_backward_weights;
import org.bytedeco.dnnl.deconvolution_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive_desc;
import org.lossbook.Internal;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.TransposedWindow;
import org.lossbook.engine.onednn.operation.Formats;
import org.lossbook.engine.onednn.operation.GraphNode;
import org.lossbook.engine.onednn.operation.PlanBuilder;
import org.lossbook.engine.onednn.window.WindowDesc;

/**
 * Deconvolution, which Keras calls a transposed convolution: dst[n, o, y·s + ky·d − p, x·s + kx·d −
 * p] += src[n, i, y, x] · weights[o, i, ky, kx], from bias[o]; of a sequence without y, of a volume
 * with one axis more.
 *
 * @hidden
 */
@Internal
public final class Deconvolution extends WeightedOperation {
  private static final dnnl.algorithm DIRECT = dnnl.algorithm.deconvolution_direct;

  private final TransposedWindow window;
  private deconvolution_forward.primitive_desc forward;

  public Deconvolution(
      GraphNode x,
      Parameters.Slot kernel,
      Optional<Parameters.Slot> bias,
      TransposedWindow window) {
    super(x, kernel, bias);
    this.window = window;
  }

  @Override
  String what() {
    return "deconvolution";
  }

  /**
   * By the kernel for the layout that the source has, because left alone oneDNN chooses another one
   * than for the convolutions around, and the way there and back takes longer than it gains.
   */
  @Override
  Made makeForward(PlanBuilder builder) {
    memory.desc layout = x().value.get_desc();
    boolean isBlocked = Formats.channelBlock(layout) > 0;
    forward = described(builder, isBlocked ? layout : Formats.any(x().dims()));
    if (isBlocked && isPlainLoop(forward)) {
      forward = described(builder, Formats.any(x().dims()));
    }
    return new Made(forward, new deconvolution_forward(forward));
  }

  private static boolean isPlainLoop(primitive_desc description) {
    return description.impl_info_str().getString().contains("ref");
  }

  private deconvolution_forward.primitive_desc described(PlanBuilder builder, memory.desc source) {
    return new deconvolution_forward.primitive_desc(
        builder.engine,
        use(builder),
        DIRECT,
        source,
        Formats.any(kernelDims()),
        biasLayout(),
        Formats.any(output.dims()),
        slide().strides(),
        slide().dilations(),
        cut(window::before),
        cut(window::after),
        attributes(builder),
        false);
  }

  @Override
  Made makeBackwardWeights(PlanBuilder builder) {
    var backward =
        new deconvolution_backward_weights.primitive_desc(
            builder.engine,
            DIRECT,
            Formats.any(x().dims()),
            Formats.any(kernelDims()),
            biasLayout(),
            Formats.any(output.dims()),
            slide().strides(),
            slide().dilations(),
            cut(window::before),
            cut(window::after),
            forward,
            builder.plain,
            false);
    return new Made(backward, new deconvolution_backward_weights(backward));
  }

  @Override
  Made makeBackwardData(PlanBuilder builder) {
    var backward =
        new deconvolution_backward_data.primitive_desc(
            builder.engine,
            DIRECT,
            Formats.any(x().dims()),
            Formats.any(kernelDims()),
            Formats.any(output.dims()),
            slide().strides(),
            slide().dilations(),
            cut(window::before),
            cut(window::after),
            forward,
            builder.plain,
            false);
    return new Made(backward, new deconvolution_backward_data(backward));
  }

  private long[] kernelDims() {
    return KernelDims.of(1, output.dims()[1], x().dims()[1], slide().sizes());
  }

  /** Keras's layout: [h, w, o, i]. */
  @Override
  memory.desc kernelLayout() {
    long in = x().dims()[1];
    return Formats.strided(
        kernelDims(),
        KernelDims.strides(new long[] {in, 1}, in * output.dims()[1], slide().sizes()));
  }

  private long[] cut(IntToLongFunction side) {
    return IntStream.range(0, window.window().axes()).mapToLong(side::applyAsLong).toArray();
  }

  private WindowDesc slide() {
    return new WindowDesc(window.window(), x());
  }

  @Override
  public long work() {
    long positions = 1;
    for (long dim : x().dims()) {
      positions *= dim;
    }
    return positions / x().dims()[1] * kernel.size();
  }
}
