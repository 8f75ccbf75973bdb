package org.lossbook.engine.onednn.window;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.bytedeco.dnnl.memory;
import org.lossbook.Internal;
import org.lossbook.engine.onednn.operation.Formats;
import org.lossbook.engine.onednn.operation.GraphNode;
import org.lossbook.engine.onednn.operation.PlanBuilder;
import org.lossbook.engine.onednn.operation.Unary;

/**
 * Adaptive pooling where windows differ in size: of n positions output i of m takes those from ⌊i ·
 * n / m⌋ to before ⌈(i + 1) · n / m⌉. oneDNN has no such primitive. A sequence and an image count
 * as volumes of extent 1.
 *
 * @hidden
 */
@Internal
public final class AdaptivePooling extends Unary {
  private static final int AXES = 3;

  private final boolean isMax;
  private int channels;
  private int[] from;
  private int[] to;
  private float[] numbers;
  private float[] results;
  private int[] taken;

  private AdaptivePooling(GraphNode x, boolean isMax) {
    super(x);
    this.isMax = isMax;
  }

  public static AdaptivePooling max(GraphNode x) {
    return new AdaptivePooling(x, true);
  }

  public static AdaptivePooling average(GraphNode x) {
    return new AdaptivePooling(x, false);
  }

  @Override
  public void addForwardSteps(PlanBuilder builder) {
    channels = (int) output.dims()[1];
    from = volume(x().dims());
    to = volume(output.dims());
    output.value = builder.memory(Formats.channelsLast(output.dims()));
    FloatBuffer given =
        Formats.numbers(
            builder.reordered(builder.forward, x().value, Formats.channelsLast(x().dims())));
    FloatBuffer result = Formats.numbers(output.value);
    numbers = new float[given.capacity()];
    results = new float[result.capacity()];
    taken = new int[isMax ? results.length : 0];
    builder.forward.add(
        stream -> {
          given.get(0, numbers);
          Arrays.fill(results, 0);
          eachWindow(isMax ? this::maximum : this::mean);
          result.put(0, results);
        });
  }

  @Override
  public memory addBackwardSteps(PlanBuilder builder, memory diffDst, boolean needed) {
    if (!needed) {
      return null;
    }
    memory diffSrc = builder.memory(Formats.channelsLast(x().dims()));
    FloatBuffer given =
        Formats.numbers(
            builder.reordered(builder.backward, diffDst, Formats.channelsLast(output.dims())));
    FloatBuffer result = Formats.numbers(diffSrc);
    builder.backward.add(
        stream -> {
          given.get(0, results);
          Arrays.fill(numbers, 0);
          eachWindow(isMax ? this::maximumBackward : this::meanBackward);
          result.put(0, numbers);
        });
    return diffSrc;
  }

  /** [batch, depth, height, width], of extent 1 where there is no such axis. */
  private static int[] volume(long[] dims) {
    int[] volume = {(int) dims[0], 1, 1, 1};
    int spatial = dims.length - 2;
    for (int axis = 0; axis < spatial; axis++) {
      volume[1 + AXES - spatial + axis] = (int) dims[2 + axis];
    }
    return volume;
  }

  /** What is done at one position of a window. */
  @FunctionalInterface
  private interface Visit {
    /**
     * @param input the index of the position's first channel in the input
     * @param result the same in the output
     * @param size the number of positions in the window
     * @param isFirst whether it is the window's first position
     */
    void at(int input, int result, int size, boolean isFirst);
  }

  private void eachWindow(Visit visit) {
    int result = 0;
    for (int n = 0; n < to[0]; n++) {
      for (int d = 0; d < to[1]; d++) {
        for (int h = 0; h < to[2]; h++) {
          for (int w = 0; w < to[3]; w++) {
            eachPosition(visit, result, n, d, h, w);
            result += channels;
          }
        }
      }
    }
  }

  private void eachPosition(Visit visit, int result, int n, int d, int h, int w) {
    int endD = end(1, d);
    int endH = end(2, h);
    int endW = end(3, w);
    int size = (endD - begin(1, d)) * (endH - begin(2, h)) * (endW - begin(3, w));
    boolean isFirst = true;
    for (int z = begin(1, d); z < endD; z++) {
      for (int y = begin(2, h); y < endH; y++) {
        int row = ((n * from[1] + z) * from[2] + y) * from[3];
        for (int x = begin(3, w); x < endW; x++) {
          visit.at((row + x) * channels, result, size, isFirst);
          isFirst = false;
        }
      }
    }
  }

  private int begin(int axis, int position) {
    return (int) ((long) position * from[axis] / to[axis]);
  }

  private int end(int axis, int position) {
    return (int) (((position + 1L) * from[axis] + to[axis] - 1) / to[axis]);
  }

  private void mean(int input, int result, int size, boolean isFirst) {
    for (int c = 0; c < channels; c++) {
      results[result + c] += numbers[input + c] / size;
    }
  }

  private void meanBackward(int input, int result, int size, boolean isFirst) {
    for (int c = 0; c < channels; c++) {
      numbers[input + c] += results[result + c] / size;
    }
  }

  private void maximum(int input, int result, int size, boolean isFirst) {
    for (int c = 0; c < channels; c++) {
      float number = numbers[input + c];
      if (isFirst || number > results[result + c] || number != number) { // NaN is the maximum
        results[result + c] = number;
        taken[result + c] = input + c;
      }
    }
  }

  private void maximumBackward(int input, int result, int size, boolean isFirst) {
    if (isFirst) {
      for (int c = 0; c < channels; c++) {
        numbers[taken[result + c]] += results[result + c];
      }
    }
  }
}
