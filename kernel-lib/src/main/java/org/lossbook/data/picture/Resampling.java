package org.lossbook.data.picture;

import java.util.Arrays;

/**
 * Resampling along one axis of a picture: shrinking averages the pixels covered, weighted by how
 * much of each is covered; enlarging interpolates linearly between two neighbours.
 *
 * @param first the first source pixel of each new one
 * @param weights the weights of that pixel and the following ones, which sum to 1
 */
record Resampling(int[] first, float[][] weights) {
  static Resampling of(int from, int to) {
    int[] first = new int[to];
    float[][] weights = new float[to][];
    double scale = (double) from / to;
    for (int i = 0; i < to; i++) {
      double low = scale >= 1 ? i * scale : (i + 0.5) * scale - 0.5;
      first[i] = (int) Math.max(0, Math.floor(low + 1e-9));
      weights[i] = scale >= 1 ? covered(low, low + scale, first[i], from) : between(low, from);
    }
    return new Resampling(first, weights);
  }

  private static float[] covered(double low, double high, int first, int length) {
    int last = (int) Math.min(length, Math.max(first + 1, Math.ceil(high - 1e-9)));
    float[] weights = new float[last - first];
    for (int p = first; p < last; p++) {
      weights[p - first] = (float) ((Math.min(high, p + 1) - Math.max(low, p)) / (high - low));
    }
    return weights;
  }

  /** The outermost pixels go on beyond the edge. */
  private static float[] between(double place, int length) {
    if (place <= 0 || place >= length - 1) {
      return new float[] {1};
    }
    float second = (float) (place - Math.floor(place + 1e-9));
    return second <= 0 ? new float[] {1} : new float[] {1 - second, second};
  }

  /**
   * Pixels {@code [height, width, channels]} at another size.
   *
   * @return {@code [newHeight, newWidth, channels]}, rounded
   */
  static PixelBuffer resized(
      PixelBuffer pixels, int height, int width, int channels, int newHeight, int newWidth) {
    var wide = new Wide(pixels, width, channels, of(width, newWidth));
    var down = of(height, newHeight);
    int row = newWidth * channels;
    PixelBuffer result = PixelBuffer.zeros(pixels.is16Bit(), newHeight, newWidth, channels);
    float[] sums = new float[row];
    for (int y = 0; y < newHeight; y++) {
      Arrays.fill(sums, 0);
      for (int k = 0; k < down.weights[y].length; k++) {
        float weight = down.weights[y][k];
        float[] from = wide.row(down.first[y] + k);
        for (int i = 0; i < row; i++) {
          sums[i] += weight * from[i];
        }
      }
      for (int i = 0; i < row; i++) {
        result.set(y * row + i, Math.round(Math.max(0, Math.min(pixels.white(), sums[i]))));
      }
    }
    return result;
  }

  /** Rows at their new width; the two that were asked for last are kept, as more are not needed. */
  private static final class Wide {
    final PixelBuffer pixels;
    final int width;
    final int channels;
    final Resampling across;
    final float[][] rows;
    final int[] which = {-1, -1};

    Wide(PixelBuffer pixels, int width, int channels, Resampling across) {
      this.pixels = pixels;
      this.width = width;
      this.channels = channels;
      this.across = across;
      rows = new float[2][across.first.length * channels];
    }

    float[] row(int y) {
      float[] row = rows[y & 1];
      if (which[y & 1] != y) {
        which[y & 1] = y;
        fill(row, y * width);
      }
      return row;
    }

    private void fill(float[] row, int from) {
      for (int x = 0; x < across.first.length; x++) {
        float[] weights = across.weights[x];
        for (int c = 0; c < channels; c++) {
          float sum = 0;
          for (int k = 0; k < weights.length; k++) {
            sum += weights[k] * pixels.get((from + across.first[x] + k) * channels + c);
          }
          row[x * channels + c] = sum;
        }
      }
    }
  }
}
