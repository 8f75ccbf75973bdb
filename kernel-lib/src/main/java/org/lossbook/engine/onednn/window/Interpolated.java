package org.lossbook.engine.onednn.window;

import java.nio.FloatBuffer;
import java.util.Arrays;
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
  private static final int CHUNK = 1024;

  private final int axis;
  private final WeightedPixels pixels;
  private final int inner;
  private final float[] numbers = new float[CHUNK];
  private final double[] sums = new double[CHUNK];

  /**
   * @param axis of a sample, from 0
   * @param extent that the axis gets
   */
  public Interpolated(GraphNode x, Interpolation kind, boolean antialias, int axis, int extent) {
    super(x);
    this.axis = axis;
    int[] shape = x.shape();
    pixels = WeightedPixels.of(kind, antialias, shape[axis], extent);
    inner = Arrays.stream(shape, axis + 1, shape.length).reduce(1, (a, b) -> a * b);
  }

  @Override
  public void addForwardSteps(PlanBuilder builder) {
    FloatBuffer from =
        Formats.numbers(
            builder.reordered(builder.forward, x().value, Formats.channelsLast(x().dims())));
    output.value = builder.value(Formats.channelsLast(output.dims()));
    FloatBuffer to = Formats.numbers(output.value);
    int extent = x().shape()[axis];
    builder.forward.add(stream -> apply(pixels, from, extent, to));
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
    int extent = output.shape()[axis];
    WeightedPixels back = pixels.transposed(x().shape()[axis]);
    builder.backward.add(stream -> apply(back, from, extent, to));
    return diffSrc;
  }

  private void apply(WeightedPixels matrix, FloatBuffer from, int extent, FloatBuffer to) {
    int outer = from.capacity() / (extent * inner);
    for (int block = 0; block < outer; block++) {
      for (int row = 0; row < matrix.rows(); row++) {
        for (int start = 0; start < inner; start += CHUNK) {
          int count = Math.min(CHUNK, inner - start);
          Arrays.fill(sums, 0, count, 0);
          for (int entry = matrix.starts()[row]; entry < matrix.starts()[row + 1]; entry++) {
            double weight = matrix.weights()[entry];
            int place = (block * extent + matrix.columns()[entry]) * inner + start;
            from.get(place, numbers, 0, count);
            for (int i = 0; i < count; i++) {
              sums[i] += weight * numbers[i];
            }
          }
          for (int i = 0; i < count; i++) {
            numbers[i] = (float) sums[i];
          }
          to.put((block * matrix.rows() + row) * inner + start, numbers, 0, count);
        }
      }
    }
  }
}
