package org.lossbook.engine.onednn.window;

import java.nio.FloatBuffer;
import org.bytedeco.dnnl.memory;
import org.lossbook.Internal;
import org.lossbook.engine.Interpolation;
import org.lossbook.engine.onednn.operation.Formats;
import org.lossbook.engine.onednn.operation.GraphNode;
import org.lossbook.engine.onednn.operation.PlanBuilder;
import org.lossbook.engine.onednn.operation.Unary;

/**
 * Resampling along one axis by the weights of an interpolation that oneDNN does not have.
 *
 * @hidden
 */
@Internal
public final class Interpolated extends Unary {
  private final int axis;
  private final WeightedPixels pixels;

  /**
   * @param axis of a sample, from 0
   * @param extent that the axis gets
   */
  public Interpolated(GraphNode x, Interpolation kind, boolean antialias, int axis, int extent) {
    super(x);
    this.axis = axis;
    int[] shape = x.shape();
    pixels = WeightedPixels.of(kind, antialias, shape[axis], extent);
  }

  @Override
  public void addForwardSteps(PlanBuilder builder) {
    FloatBuffer from =
        Formats.numbers(
            builder.reordered(builder.forward, x().value, Formats.channelsLast(x().dims())));
    output.value = builder.value(Formats.channelsLast(output.dims()));
    FloatBuffer to = Formats.numbers(output.value);
    PixelLoop loop = new PixelLoop(pixels, axis, x().shape());
    builder.forward.add(stream -> loop.run(from, to));
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
    FloatBuffer to = Formats.numbers(diffSrc);
    PixelLoop loop = new PixelLoop(pixels.transposed(x().shape()[axis]), axis, output.shape());
    builder.backward.add(stream -> loop.run(from, to));
    return diffSrc;
  }
}
