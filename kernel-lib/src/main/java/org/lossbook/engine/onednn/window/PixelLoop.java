package org.lossbook.engine.onednn.window;

import java.nio.FloatBuffer;
import java.util.Arrays;

/** The loop that sums up weighted pixels along an axis, over numbers in the user's order. */
final class PixelLoop {
  private static final int CHUNK = 1024;

  private final WeightedPixels pixels;
  private final int extent;
  private final int inner;
  private final float[] numbers = new float[CHUNK];
  private final double[] sums = new double[CHUNK];

  /**
   * @param shape of a sample that is read
   * @param axis of it
   */
  PixelLoop(WeightedPixels pixels, int axis, int... shape) {
    this.pixels = pixels;
    extent = shape[axis];
    inner = Arrays.stream(shape, axis + 1, shape.length).reduce(1, (a, b) -> a * b);
  }

  void run(FloatBuffer from, FloatBuffer to) {
    int rows = pixels.rows();
    int outer = from.capacity() / (extent * inner);
    for (int block = 0; block < outer; block++) {
      for (int row = 0; row < rows; row++) {
        for (int start = 0; start < inner; start += CHUNK) {
          int count = Math.min(CHUNK, inner - start);
          add(row, block * extent * inner + start, count, from);
          for (int i = 0; i < count; i++) {
            numbers[i] = (float) sums[i];
          }
          to.put((block * rows + row) * inner + start, numbers, 0, count);
        }
      }
    }
  }

  private void add(int row, int place, int count, FloatBuffer from) {
    Arrays.fill(sums, 0, count, 0);
    for (int entry = pixels.starts()[row]; entry < pixels.starts()[row + 1]; entry++) {
      double weight = pixels.weights()[entry];
      from.get(place + pixels.columns()[entry] * inner, numbers, 0, count);
      for (int i = 0; i < count; i++) {
        sums[i] += weight * numbers[i];
      }
    }
  }
}
