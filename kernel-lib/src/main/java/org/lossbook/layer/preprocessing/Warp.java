package org.lossbook.layer.preprocessing;

import java.util.Locale;
import java.util.Optional;

/**
 * Moves the pixels of an image: the number at (x, y) of the result comes from another place of the
 * image, between pixels bilinearly or from the nearest one.
 */
final class Warp {
  /** What lies outside the image. */
  enum Fill {
    /** d c b a | a b c d | d c b a. */
    REFLECT,
    /** a b c d | a b c d | a b c d. */
    WRAP,
    /** d c b | a b c d | c b a. */
    MIRROR,
    /** a a a a | a b c d | d d d d. */
    NEAREST,
    /** One number everywhere. */
    CONSTANT;

    static Optional<Fill> named(String name) {
      for (Fill fill : values()) {
        if (fill.saved().equals(name)) {
          return Optional.of(fill);
        }
      }
      return Optional.empty();
    }

    String saved() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final int height;
  private final int width;
  private final int channels;
  private final Fill fill;
  private final float outside;
  private final boolean isBilinear;

  Warp(int height, int width, int channels, Fill fill, double outside, boolean isBilinear) {
    this.height = height;
    this.width = width;
    this.channels = channels;
    this.fill = fill;
    this.outside = (float) outside;
    this.isBilinear = isBilinear;
  }

  /**
   * Moves by a matrix of eight numbers, as Keras has it: x comes from (a₀x + a₁y + a₂) / k, y from
   * (a₃x + a₄y + a₅) / k with k = a₆x + a₇y + 1.
   */
  void apply(float[] image, float[] into, double[] a) {
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double k = a[6] * x + a[7] * y + 1;
        double fromX = (a[0] * x + a[1] * y + a[2]) / k;
        double fromY = (a[3] * x + a[4] * y + a[5]) / k;
        pixel(image, into, y, x, fromY, fromX);
      }
    }
  }

  /** Moves each pixel by its own displacement. */
  void apply(float[] image, float[] into, float[] across, float[] down) {
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int i = y * width + x;
        pixel(image, into, y, x, y + (double) down[i], x + (double) across[i]);
      }
    }
  }

  private void pixel(float[] image, float[] into, int y, int x, double fromY, double fromX) {
    int at = (y * width + x) * channels;
    // Far away is outside, however far; this keeps the numbers within integers.
    double farY = Math.max(-1e8, Math.min(1e8, fromY));
    double farX = Math.max(-1e8, Math.min(1e8, fromX));
    if (!isBilinear) {
      int row = (int) Math.rint(farY);
      int column = (int) Math.rint(farX);
      for (int c = 0; c < channels; c++) {
        into[at + c] = number(image, row, column, c);
      }
      return;
    }
    int top = (int) Math.floor(farY);
    int left = (int) Math.floor(farX);
    float v = (float) (farY - top);
    float u = (float) (farX - left);
    for (int c = 0; c < channels; c++) {
      float above = between(number(image, top, left, c), number(image, top, left + 1, c), u);
      float below =
          between(number(image, top + 1, left, c), number(image, top + 1, left + 1, c), u);
      into[at + c] = between(above, below, v);
    }
  }

  private static float between(float a, float b, float share) {
    return share == 0 ? a : a + share * (b - a);
  }

  private float number(float[] image, int y, int x, int c) {
    int row = y;
    int column = x;
    if (y < 0 || y >= height || x < 0 || x >= width) {
      if (fill == Fill.CONSTANT) {
        return outside;
      }
      row = inside(y, height);
      column = inside(x, width);
    }
    return image[(row * width + column) * channels + c];
  }

  private int inside(int i, int size) {
    return switch (fill) {
      case REFLECT -> {
        int place = Math.floorMod(i, 2 * size);
        yield place < size ? place : 2 * size - 1 - place;
      }
      case MIRROR -> {
        int place = size == 1 ? 0 : Math.floorMod(i, 2 * (size - 1));
        yield place < size ? place : 2 * (size - 1) - place;
      }
      case WRAP -> Math.floorMod(i, size);
      case NEAREST, CONSTANT -> Math.max(0, Math.min(size - 1, i));
    };
  }
}
