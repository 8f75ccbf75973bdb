package org.lossbook.data;

import java.util.Arrays;

/**
 * A smooth field of random displacements: each pixel draws how far it moves, then neighbours are
 * averaged by a Gaussian, so that they move alike (Simard, Steinkraus and Platt 2003, <i>Best
 * practices for convolutional neural networks applied to visual document analysis</i>).
 */
final class Elastic {
  private final int height;
  private final int width;
  private final float strength;
  private final float[] weights; // of the Gaussian, from -reach to reach
  private final int reach;
  private final float[] dx;
  private final float[] dy;
  private final float[] smooth;
  private final float[] row; // with zeros at both ends

  /**
   * @param strength times the averaged field; 0 is no field at all
   * @param sigma of the Gaussian, in pixels
   */
  Elastic(int height, int width, double strength, double sigma) {
    this.height = height;
    this.width = width;
    this.strength = (float) strength;
    reach = (int) Math.ceil(3 * sigma);
    weights = new float[2 * reach + 1];
    int pixels = isThere() ? height * width : 0;
    dx = new float[pixels];
    dy = new float[pixels];
    smooth = new float[pixels];
    row = new float[width + 2 * reach];
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

  void draw(Draws draws) {
    field(draws, dx);
    field(draws, dy);
  }

  private void field(Draws draws, float[] field) {
    for (int i = 0; i < field.length; i++) {
      field[i] = draws.nextInt() * (strength / (1L << 31)); // evenly from -strength to strength
    }
    for (int y = 0; y < height; y++) {
      alongRow(field, y * width);
    }
    System.arraycopy(field, 0, smooth, 0, field.length);
    Arrays.fill(field, 0);
    for (int y = 0; y < height; y++) {
      for (int k = Math.max(-reach, -y); k <= Math.min(reach, height - 1 - y); k++) {
        add(weights[k + reach], smooth, (y + k) * width, field, y * width);
      }
    }
  }

  private void alongRow(float[] field, int at) {
    System.arraycopy(field, at, row, reach, width);
    Arrays.fill(field, at, at + width, 0);
    for (int k = 0; k < weights.length; k++) {
      add(weights[k], row, k, field, at);
    }
  }

  private void add(float weight, float[] from, int start, float[] to, int at) {
    for (int i = 0; i < width; i++) {
      to[at + i] += weight * from[start + i];
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
