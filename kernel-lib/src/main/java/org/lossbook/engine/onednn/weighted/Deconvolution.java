package org.lossbook.engine.onednn.weighted;

import java.util.Optional;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import org.bytedeco.dnnl.deconvolution_backward_data;
import org.bytedeco.dnnl.deconvolution_backward_weights;
import org.bytedeco.dnnl.deconvolution_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
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

  @Override
  Made makeForward(PlanBuilder builder) {
    forward =
        new deconvolution_forward.primitive_desc(
            builder.engine,
            use(builder),
            DIRECT,
            Formats.any(x().dims()),
            Formats.any(kernelDims()),
            biasLayout(),
            Formats.any(output.dims()),
            slide().strides(),
            slide().dilations(),
            cut(window::before),
            cut(window::after),
            attributes(builder),
            false);
    return new Made(forward, new deconvolution_forward(forward));
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
