package org.lossbook.engine.onednn.weighted;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bytedeco.dnnl.convolution_backward_data;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.lossbook.Internal;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Window;
import org.lossbook.engine.onednn.operation.Formats;
import org.lossbook.engine.onednn.operation.GraphNode;
import org.lossbook.engine.onednn.operation.PlanBuilder;
import org.lossbook.engine.onednn.shape.Pad;
import org.lossbook.engine.onednn.window.WindowDesc;

/**
 * Convolution: dst[n, o, y, x] = bias[o] + Σ src[n, i, y·s + ky·d − p, x·s + kx·d − p] · weights[o,
 * i, ky, kx]; of a sequence without y, of a volume with one axis more.
 *
 * @hidden
 */
@Internal
public final class Convolution extends WeightedOperation {
  private final Window window;
  private final int groups;
  private Optional<Pad> padding = Optional.empty();
  private convolution_forward.primitive_desc forward;

  public Convolution(
      GraphNode x,
      Parameters.Slot kernel,
      Optional<Parameters.Slot> bias,
      Window window,
      int groups) {
    super(x, kernel, bias);
    this.window = window;
    this.groups = groups;
  }

  @Override
  public Optional<Window> window() {
    return padding.isPresent() ? Optional.empty() : Optional.of(window);
  }

  /** Reads what is padded instead of the padded copy, if the window reaches over the borders. */
  public boolean readPadded(Pad pad) {
    int[] before = pad.before();
    int[] after = pad.after();
    boolean possible =
        window.padding() == Window.Padding.VALID
            && before[window.axes()] == 0
            && after[window.axes()] == 0
            && IntStream.range(0, window.axes())
                .allMatch(axis -> Math.max(before[axis], after[axis]) < window.reach(axis));
    if (possible) {
      padding = Optional.of(pad);
      inputs = List.of(pad.x());
    }
    return possible;
  }

  private long[] padBefore() {
    return padding.map(pad -> spatial(pad.before())).orElseGet(() -> slide().padBefore());
  }

  private long[] padAfter() {
    return padding.map(pad -> spatial(pad.after())).orElseGet(() -> slide().padAfter());
  }

  private long[] spatial(int[] shape) {
    return Arrays.stream(shape, 0, window.axes()).asLongStream().toArray();
  }

  @Override
  String what() {
    return "convolution";
  }

  @Override
  Made makeForward(PlanBuilder builder) {
    forward =
        new convolution_forward.primitive_desc(
            builder.engine,
            use(builder),
            dnnl.algorithm.convolution_auto,
            Formats.any(x().dims()),
            Formats.any(kernelDims()),
            biasLayout(),
            Formats.any(output.dims()),
            slide().strides(),
            slide().dilations(),
            padBefore(),
            padAfter(),
            attributes(builder),
            false);
    return new Made(forward, new convolution_forward(forward));
  }

  @Override
  Made makeBackwardWeights(PlanBuilder builder) {
    var backward =
        new convolution_backward_weights.primitive_desc(
            builder.engine,
            dnnl.algorithm.convolution_auto,
            Formats.any(x().dims()),
            Formats.any(kernelDims()),
            biasLayout(),
            Formats.any(output.dims()),
            slide().strides(),
            slide().dilations(),
            padBefore(),
            padAfter(),
            forward,
            builder.plain,
            false);
    return new Made(backward, new convolution_backward_weights(backward));
  }

  @Override
  Made makeBackwardData(PlanBuilder builder) {
    var backward =
        new convolution_backward_data.primitive_desc(
            builder.engine,
            dnnl.algorithm.convolution_auto,
            Formats.any(x().dims()),
            Formats.any(kernelDims()),
            Formats.any(output.dims()),
            slide().strides(),
            slide().dilations(),
            padBefore(),
            padAfter(),
            forward,
            builder.plain,
            false);
    return new Made(backward, new convolution_backward_data(backward));
  }

  @Override
  int outputMask() {
    return groups == 1 ? 1 : 3;
  }

  /** [o, i, h, w], preceded by the groups if there are several. */
  private long[] kernelDims() {
    long in = x().dims()[1] / groups;
    long out = output.dims()[1] / groups;
    return KernelDims.of(groups, out, in, slide().sizes());
  }

  /** Keras's layout: [h, w, i, o], a group's outputs side by side. */
  @Override
  memory.desc kernelLayout() {
    long out = output.dims()[1];
    long[] inner = groups == 1 ? new long[] {1, out} : new long[] {out / groups, 1, out};
    return Formats.strided(
        kernelDims(), KernelDims.strides(inner, x().dims()[1] / groups * out, slide().sizes()));
  }

  private WindowDesc slide() {
    return new WindowDesc(window, x());
  }
}
