package org.lossbook.engine.onednn.window;

import java.nio.FloatBuffer;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.lossbook.Internal;
import org.lossbook.engine.Interpolation;
import org.lossbook.engine.Shapes;
import org.lossbook.engine.onednn.operation.Arguments;
import org.lossbook.engine.onednn.operation.Formats;
import org.lossbook.engine.onednn.operation.GraphNode;
import org.lossbook.engine.onednn.operation.PlanBuilder;
import org.lossbook.engine.onednn.operation.Step;
import org.lossbook.engine.onednn.operation.Unary;

/**
 * Resampling by oneDNN, to the nearest pixel or linearly between pixels. The C++ interface has no
 * Java constructor for it, so it is made through the C interface. oneDNN's backward pass takes
 * several times as long as sums of weighted pixels along one axis after the other, which give the
 * same gradients.
 *
 * @hidden
 */
@Internal
public final class Resampling extends Unary {
  private static final float[] FACTORS_OF_THE_EXTENTS = null;

  private final Interpolation kind;

  /**
   * @param kind nearest or bilinear
   */
  public Resampling(GraphNode x, Interpolation kind) {
    super(x);
    this.kind = kind;
  }

  @Override
  public void addForwardSteps(PlanBuilder builder) {
    memory.desc from = Formats.channelsLast(x().dims());
    memory.desc to = Formats.channelsLast(output.dims());
    memory src = builder.reordered(builder.forward, x().value, from);
    output.value = builder.value(to);
    var forward = new dnnl_primitive_desc();
    created(
        dnnl.dnnl_resampling_forward_primitive_desc_create(
            forward,
            builder.engine.get(),
            builder.training ? dnnl.dnnl_forward_training : dnnl.dnnl_forward_inference,
            kind == Interpolation.NEAREST
                ? dnnl.dnnl_resampling_nearest
                : dnnl.dnnl_resampling_linear,
            FACTORS_OF_THE_EXTENTS,
            from.get(),
            to.get(),
            builder.plain.get()));
    builder.forward.add(
        Step.of(
            "resampling",
            new primitive(forward),
            Arguments.of(dnnl.DNNL_ARG_SRC, src).and(dnnl.DNNL_ARG_DST, output.value)));
    dnnl.dnnl_primitive_desc_destroy(forward);
  }

  @Override
  public memory addBackwardSteps(PlanBuilder builder, memory diffDst, boolean needed) {
    if (!needed) {
      return null;
    }
    FloatBuffer from =
        Formats.numbers(
            builder.reordered(builder.backward, diffDst, Formats.channelsLast(output.dims())));
    memory diffSrc = builder.memory(Formats.channelsLast(x().dims()));
    int[] shape = output.shape();
    for (int axis = 0; axis < shape.length - 1; axis++) {
      int extent = x().shape()[axis];
      WeightedPixels pixels =
          WeightedPixels.of(kind, false, extent, shape[axis]).transposed(extent);
      PixelLoop loop = new PixelLoop(pixels, axis, shape);
      shape[axis] = extent;
      boolean isLast = axis == shape.length - 2;
      FloatBuffer read = from;
      FloatBuffer written = isLast ? Formats.numbers(diffSrc) : numbers(builder, shape);
      builder.backward.add(stream -> loop.run(read, written));
      from = written;
    }
    return diffSrc;
  }

  private FloatBuffer numbers(PlanBuilder builder, int... shape) {
    long size = Math.multiplyExact((long) output.graph.batch(), Shapes.size(shape));
    return Formats.numbers(builder.memory(Formats.vector(size)));
  }

  private static void created(int status) {
    if (status != dnnl.dnnl_success) {
      throw new IllegalStateException("oneDNN could not make a resampling: status " + status + ".");
    }
  }
}
