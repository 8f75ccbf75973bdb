package org.lossbook.layer.preprocessing;

import java.util.Arrays;

/** A window of weights that slides over an image, with zeros outside. */
final class Blur {
  private final int height;
  private final int width;
  private final int channels;
  private final int rows;
  private final int columns;
  private final double[] kernel;

  Blur(int height, int width, int channels, int rows, int columns) {
    this.height = height;
    this.width = width;
    this.channels = channels;
    this.rows = rows;
    this.columns = columns;
    kernel = new double[rows * columns];
  }

  /** The window of Keras's sharpness: the middle five times as heavy as each of its neighbours. */
  void sharpnessKernel() {
    Arrays.fill(kernel, 1.0 / 13);
    kernel[kernel.length / 2] = 5.0 / 13;
  }

  /** A normal distribution along each axis. */
  void gaussianKernel(double sigmaDown, double sigmaAcross) {
    double sum = 0;
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        double down = (i - (rows - 1) / 2.0) / sigmaDown;
        double across = (j - (columns - 1) / 2.0) / sigmaAcross;
        kernel[i * columns + j] = Math.exp(-0.5 * (down * down + across * across));
        sum += kernel[i * columns + j];
      }
    }
    for (int k = 0; k < kernel.length; k++) {
      kernel[k] /= sum;
    }
  }

  void apply(float[] image, float[] into) {
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        for (int c = 0; c < channels; c++) {
          into[(y * width + x) * channels + c] = (float) at(image, y, x, c);
        }
      }
    }
  }

  private double at(float[] image, int y, int x, int c) {
    double sum = 0;
    int top = y - rows / 2;
    int left = x - columns / 2;
    for (int i = Math.max(0, -top); i < Math.min(rows, height - top); i++) {
      for (int j = Math.max(0, -left); j < Math.min(columns, width - left); j++) {
        sum += kernel[i * columns + j] * image[((top + i) * width + left + j) * channels + c];
      }
    }
    return sum;
  }
}
