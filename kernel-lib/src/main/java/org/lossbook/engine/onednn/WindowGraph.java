package org.lossbook.engine.onednn;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.lossbook.engine.Interpolation;
import org.lossbook.engine.Shapes;
import org.lossbook.engine.Tensor;
import org.lossbook.engine.Window;
import org.lossbook.engine.onednn.window.AdaptivePooling;
import org.lossbook.engine.onednn.window.Interpolated;
import org.lossbook.engine.onednn.window.Pooling;
import org.lossbook.engine.onednn.window.Resampling;

/** Operations over windows, as oneDNN computes them. */
interface WindowGraph extends OperationGraph {
  @Override
  default Tensor maxPooling(Tensor x, Window window) {
    return pooling(Pooling.max(node(x), window), x, window);
  }

  @Override
  default Tensor averagePooling(Tensor x, Window window) {
    return pooling(Pooling.average(node(x), window), x, window);
  }

  @Override
  default Tensor adaptiveMaxPooling(Tensor x, int... size) {
    return isEven(x.shape(), size)
        ? maxPooling(x, evenWindow(x.shape(), size))
        : adaptive(AdaptivePooling.max(node(x)), x, size);
  }

  @Override
  default Tensor adaptiveAveragePooling(Tensor x, int... size) {
    return isEven(x.shape(), size)
        ? averagePooling(x, evenWindow(x.shape(), size))
        : adaptive(AdaptivePooling.average(node(x)), x, size);
  }

  private Tensor adaptive(AdaptivePooling pooling, Tensor x, int... size) {
    int[] shape = x.shape();
    System.arraycopy(size, 0, shape, 0, size.length);
    return add(pooling, shape);
  }

  /** Whether all windows have the same size and none overlap. */
  private static boolean isEven(int[] shape, int... size) {
    return IntStream.range(0, size.length).allMatch(axis -> shape[axis] % size[axis] == 0);
  }

  private static Window evenWindow(int[] shape, int... size) {
    int[] window = IntStream.range(0, size.length).map(axis -> shape[axis] / size[axis]).toArray();
    return Window.of(window).strides(window);
  }

  private Tensor pooling(Pooling pooling, Tensor x, Window window) {
    return add(pooling, window.outputShape(x.shape(), Shapes.last(x.shape())));
  }

  @Override
  default Tensor resample(Tensor x, Interpolation kind, boolean antialias, int... extents) {
    int[] shape = x.shape();
    System.arraycopy(extents, 0, shape, 0, extents.length);
    if (Arrays.equals(shape, x.shape())) {
      return x;
    }
    if (kind == Interpolation.NEAREST || (kind == Interpolation.BILINEAR && !antialias)) {
      return add(new Resampling(node(x), kind), shape);
    }
    Tensor result = x;
    for (int axis = 0; axis < extents.length; axis++) {
      int[] next = result.shape();
      if (next[axis] != extents[axis]) {
        next[axis] = extents[axis];
        result = add(new Interpolated(node(result), kind, antialias, axis, extents[axis]), next);
      }
    }
    return result;
  }
}
