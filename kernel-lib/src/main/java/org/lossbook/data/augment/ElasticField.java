package org.lossbook.data.augment;

import java.util.Arrays;
import org.lossbook.data.view.SampleRandom;

/**
 * A random elastic displacement field: uniform displacements of each pixel, smoothed by a Gaussian
 * (Simard, Steinkraus and Platt 2003, <i>Best practices for convolutional neural networks applied
 * to visual document analysis</i>).
 */
final class ElasticField {
  private final int height;
  private final int width;
  private final float strength;
  private final float[] weights; // Gaussian weights from -reach to reach
  private final int reach;
  private final float[] dx;
  private final float[] dy;
  private final float[] rough;
  private final float[] shifted;

  /**
   * @param strength the factor for the smoothed field; 0 for no field
   * @param sigma the standard deviation of the Gaussian, in pixels
   */
  ElasticField(int height, int width, double strength, double sigma) {
    this.height = height;
    this.width = width;
    this.strength = (float) strength;
    reach = (int) Math.ceil(3 * sigma);
    weights = new float[2 * reach + 1];
    int pixels = isThere() ? height * width : 0;
    dx = new float[pixels];
    dy = new float[pixels];
    rough = new float[pixels];
    shifted = new float[pixels];
    double sum = 0;
    for (int i = -reach; i <= reach; i++) {
      sum += StrictMath.exp(-i * i / (2 * sigma * sigma));
    }
    for (int i = -reach; isThere() && i <= reach; i++) {
      weights[i + reach] = (float) (StrictMath.exp(-i * i / (2 * sigma * sigma)) / sum);
    }
  }

  boolean isThere() {
    return strength > 0;
  }

  void draw(SampleRandom draws) {
    field(draws, dx);
    field(draws, dy);
  }

  /**
   * Smooths vertically, transposes and smooths vertically again: that way the inner loops run along
   * whole rows.
   */
  private void field(SampleRandom draws, float[] field) {
    for (int i = 0; i < field.length; i++) {
      rough[i] = draws.nextInt() * (strength / (1L << 31)); // uniform from -strength to strength
    }
    average(rough, field, width, height);
    for (int x = 0; x < width; x++) {
      for (int y = 0; y < height; y++) {
        rough[y * width + x] = field[x * height + y];
      }
    }
    average(rough, field, height, width);
  }

  private void average(float[] from, float[] to, int rows, int columns) {
    Arrays.fill(to, 0);
    int most = Math.min(reach, rows - 1);
    for (int k = -most; k <= most; k++) {
      int first = Math.max(0, -k) * columns;
      int end = Math.min(rows, rows - k) * columns;
      add(weights[k + reach], from, k * columns, to, first, end);
    }
  }

  /** Copies the shifted numbers first: with one index for all arrays the loop vectorises. */
  private void add(float weight, float[] from, int shift, float[] to, int first, int end) {
    float[] moved = shifted;
    System.arraycopy(from, shift + first, moved, first, end - first);
    for (int i = first; i < end; i++) {
      to[i] += weight * moved[i];
    }
  }

  /** Adds the displacements of row {@code y}, in units of 1/{@code one} pixel. */
  void add(int y, int[] across, int[] down, int one) {
    for (int i = 0; i < width; i++) {
      across[i] += (int) (dx[y * width + i] * one);
      down[i] += (int) (dy[y * width + i] * one);
    }
  }
}
