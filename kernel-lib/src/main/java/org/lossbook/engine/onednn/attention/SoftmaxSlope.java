package org.lossbook.engine.onednn.attention;

import java.nio.FloatBuffer;
import org.bytedeco.dnnl.dnnl_stream;
import org.bytedeco.dnnl.memory;
import org.lossbook.engine.onednn.operation.Formats;
import org.lossbook.engine.onednn.operation.Step;

/**
 * The backward pass of a softmax of rows, p · (dp − Σ p · dp): oneDNN has a fast one for AVX-512
 * alone, and takes fifty times as long elsewhere.
 */
final class SoftmaxSlope implements Step {
  private static final int CHUNK = 4096;

  /** Sums that are added up side by side, as one after the other they would wait. */
  private static final int LANES = 8;

  private final int width;
  private final FloatBuffer values;
  private final FloatBuffer from;
  private final FloatBuffer to;
  private final float[] p;
  private final float[] d;

  SoftmaxSlope(memory values, memory diffDst, memory diffSrc) {
    width = (int) values.get_desc().get_dims().get(1);
    this.values = Formats.numbers(values);
    from = Formats.numbers(diffDst);
    to = Formats.numbers(diffSrc);
    int chunk = Math.max(1, CHUNK / width) * width; // whole rows
    p = new float[chunk];
    d = new float[chunk];
  }

  @Override
  public void run(dnnl_stream stream) {
    for (int start = 0; start < values.capacity(); start += p.length) {
      int count = Math.min(p.length, values.capacity() - start);
      values.get(start, p, 0, count);
      from.get(start, d, 0, count);
      for (int row = 0; row < count; row += width) {
        slope(row, row + width);
      }
      to.put(start, d, 0, count);
    }
  }

  private void slope(int row, int end) {
    float mean = mean(row, end);
    for (int i = row; i < end; i++) {
      d[i] = p[i] * (d[i] - mean);
    }
  }

  private float mean(int row, int end) {
    float a = 0;
    float b = 0;
    float c = 0;
    float e = 0;
    float f = 0;
    float g = 0;
    float h = 0;
    float k = 0;
    int i = row;
    for (; i <= end - LANES; i += LANES) {
      a += p[i] * d[i];
      b += p[i + 1] * d[i + 1];
      c += p[i + 2] * d[i + 2];
      e += p[i + 3] * d[i + 3];
      f += p[i + 4] * d[i + 4];
      g += p[i + 5] * d[i + 5];
      h += p[i + 6] * d[i + 6];
      k += p[i + 7] * d[i + 7];
    }
    float sum = (a + b) + (c + e) + ((f + g) + (h + k));
    for (; i < end; i++) {
      sum += p[i] * d[i];
    }
    return sum;
  }
}
