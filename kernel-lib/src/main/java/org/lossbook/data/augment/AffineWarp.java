package org.lossbook.data.augment;

import java.util.Arrays;

/**
 * An affine transformation of an image with bilinear interpolation, or that of the nearest pixel
 * for labels, plus an elastic displacement field if there is one. Rotation, translation, zoom and
 * flips are one matrix, so that the image is sampled, and blurred, only once.
 */
final class AffineWarp {
  private static final int SHIFT = 16;
  private static final int ONE = 1 << SHIFT;
  private static final float FRACTION = 1f / ONE;

  private final int height;
  private final int width;
  private final int channels;
  private final int[] across; // source coordinates for one row of the result, in 1/65536 pixels
  private final int[] down;

  /** The fill value of each channel outside the image; NaN mirrors the image at its edges. */
  private final float[] outside;

  private final boolean isNearest;

  private double xx;
  private double xy;
  private double yx;
  private double yy;
  private double x0;
  private double y0;

  AffineWarp(int height, int width, int channels, double outside) {
    this(height, width, channels, filled(channels, outside), false);
  }

  private AffineWarp(int height, int width, int channels, float[] outside, boolean isNearest) {
    this.isNearest = isNearest;
    this.height = height;
    this.width = width;
    this.channels = channels;
    this.outside = outside;
    across = new int[width];
    down = new int[width];
  }

  /**
   * A warp that takes the nearest pixel, for labels, which do not blend.
   *
   * @param channels 1 for a label, more for a row of zeros with a one at the label
   * @param label what lies outside; NaN mirrors
   */
  static AffineWarp ofLabels(int height, int width, int channels, double label) {
    float[] outside = filled(channels, channels == 1 || Double.isNaN(label) ? label : 0);
    if (channels > 1 && label < channels) {
      outside[(int) label] = 1;
    }
    return new AffineWarp(height, width, channels, outside, true);
  }

  private static float[] filled(int channels, double value) {
    float[] all = new float[channels];
    Arrays.fill(all, (float) value);
    return all;
  }

  /**
   * Sets the transformation, about the centre of the image.
   *
   * @param turn the rotation in radians, counterclockwise
   * @param zoom the zoom factor; above 1 enlarges
   * @param right the translation in pixels; {@code below} likewise
   */
  void set(
      double turn, double zoom, double right, double below, boolean mirrored, boolean upsideDown) {
    double cos = StrictMath.cos(turn) / zoom; // Strict: the same bits on every machine
    double sin = StrictMath.sin(turn) / zoom;
    double flipX = mirrored ? -1 : 1;
    double flipY = upsideDown ? -1 : 1;
    xx = flipX * cos;
    xy = -flipX * sin;
    yx = flipY * sin;
    yy = flipY * cos;
    double middleX = (width - 1) / 2.0;
    double middleY = (height - 1) / 2.0;
    x0 = middleX - xx * (middleX + right) - xy * (middleY + below);
    y0 = middleY - yx * (middleX + right) - yy * (middleY + below);
  }

  /**
   * Writes the transformed image to {@code into[at…]}.
   *
   * @param bend the displacement of each pixel
   */
  void apply(float[] source, ElasticField bend, float[] into, int at) {
    for (int y = 0; y < height; y++) {
      locate(y);
      if (bend.isThere()) {
        bend.add(y, across, down, ONE);
      }
      if (isNearest) {
        nearestRow(source, into, at + y * width * channels);
      } else if (channels == 1) {
        greyRow(source, into, at + y * width);
      } else {
        row(source, into, at + y * width * channels);
      }
    }
  }

  private void locate(int y) {
    float startX = (float) ((x0 + xy * y) * ONE);
    float startY = (float) ((y0 + yy * y) * ONE);
    float stepX = (float) (xx * ONE);
    float stepY = (float) (yx * ONE);
    int[] x = across;
    int[] yOf = down;
    for (int i = 0; i < x.length; i++) {
      x[i] = (int) (startX + stepX * i);
      yOf[i] = (int) (startY + stepY * i);
    }
  }

  private void nearestRow(float[] source, float[] into, int at) {
    for (int i = 0; i < width; i++) {
      int x = (across[i] + ONE / 2) >> SHIFT;
      int y = (down[i] + ONE / 2) >> SHIFT;
      for (int c = 0; c < channels; c++) {
        into[at + i * channels + c] = pixel(source, x, y, c);
      }
    }
  }

  private void greyRow(float[] source, float[] into, int at) {
    int w = width;
    for (int i = 0; i < w; i++) {
      int fx = across[i];
      int fy = down[i];
      int x = fx >> SHIFT;
      int y = fy >> SHIFT;
      float u = (fx & (ONE - 1)) * FRACTION;
      float v = (fy & (ONE - 1)) * FRACTION;
      if (x >= 0 && y >= 0 && x < w - 1 && y < height - 1) {
        int corner = y * w + x;
        float top = source[corner];
        float bottom = source[corner + w];
        top += u * (source[corner + 1] - top);
        bottom += u * (source[corner + w + 1] - bottom);
        into[at + i] = top + v * (bottom - top);
      } else {
        into[at + i] = atEdge(source, x, y, 0, u, v);
      }
    }
  }

  private void row(float[] source, float[] into, int at) {
    for (int i = 0; i < width; i++) {
      int fx = across[i];
      int fy = down[i];
      int x = fx >> SHIFT;
      int y = fy >> SHIFT;
      float u = (fx & (ONE - 1)) * FRACTION;
      float v = (fy & (ONE - 1)) * FRACTION;
      boolean inside = x >= 0 && y >= 0 && x < width - 1 && y < height - 1;
      for (int c = 0; c < channels; c++) {
        int corner = (y * width + x) * channels + c;
        into[at + i * channels + c] =
            inside
                ? between(
                    source[corner],
                    source[corner + channels],
                    source[corner + width * channels],
                    source[corner + (width + 1) * channels],
                    u,
                    v)
                : atEdge(source, x, y, c, u, v);
      }
    }
  }

  private float atEdge(float[] source, int x, int y, int c, float u, float v) {
    return between(
        pixel(source, x, y, c),
        pixel(source, x + 1, y, c),
        pixel(source, x, y + 1, c),
        pixel(source, x + 1, y + 1, c),
        u,
        v);
  }

  private static float between(float a, float b, float c, float d, float u, float v) {
    float top = a + u * (b - a);
    float bottom = c + u * (d - c);
    return top + v * (bottom - top);
  }

  private float pixel(float[] source, int x, int y, int c) {
    boolean inside = x >= 0 && y >= 0 && x < width && y < height;
    if (!inside && !Float.isNaN(outside[c])) {
      return outside[c];
    }
    return source[(mirrored(y, height) * width + mirrored(x, width)) * channels + c];
  }

  /** Keras's "reflect": d c b a | a b c d | d c b a. */
  private static int mirrored(int i, int size) {
    int place = Math.floorMod(i, 2 * size);
    return place < size ? place : 2 * size - 1 - place;
  }
}
