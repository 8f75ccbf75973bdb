package org.lossbook.layer.preprocessing;

/** Arithmetic of colors, in place on the pixels of one image. */
final class Colors {
  /** How bright red, green and blue are to the eye: ITU-R BT.601, as in Keras. */
  private static final float[] LUMA = {0.2989f, 0.587f, 0.114f};

  private static final int RGB = 3;
  private static final int SIXTHS = 6;

  private Colors() {}

  static void clip(float[] image, double low, double high) {
    for (int i = 0; i < image.length; i++) {
      image[i] = (float) Math.max(low, Math.min(high, image[i]));
    }
  }

  static void scale(float[] image, double factor, double offset) {
    for (int i = 0; i < image.length; i++) {
      image[i] = (float) (image[i] * factor + offset);
    }
  }

  /** The grey value of the pixel that begins at {@code i}. */
  static float grey(float[] image, int i) {
    return LUMA[0] * image[i] + LUMA[1] * image[i + 1] + LUMA[2] * image[i + 2];
  }

  /** Moves pixels towards their grey by that share; 1 is grey itself. */
  static void fade(float[] image, double share) {
    for (int i = 0; i < image.length; i += RGB) {
      float grey = grey(image, i);
      for (int c = 0; c < RGB; c++) {
        image[i + c] += (float) (share * (grey - image[i + c]));
      }
    }
  }

  /** Multiplies the distance of each number to its channel's mean. */
  static void contrast(float[] image, int channels, double factor) {
    for (int c = 0; c < channels; c++) {
      double sum = 0;
      for (int i = c; i < image.length; i += channels) {
        sum += image[i];
      }
      double mean = sum * channels / image.length;
      for (int i = c; i < image.length; i += channels) {
        image[i] = (float) ((image[i] - mean) * factor + mean);
      }
    }
  }

  /** Stretches each channel from its darkest to its brightest number over a range. */
  static void stretch(float[] image, int channels, double low, double high) {
    for (int c = 0; c < channels; c++) {
      float darkest = Float.POSITIVE_INFINITY;
      float brightest = Float.NEGATIVE_INFINITY;
      for (int i = c; i < image.length; i += channels) {
        darkest = Math.min(darkest, image[i]);
        brightest = Math.max(brightest, image[i]);
      }
      for (int i = c; i < image.length && brightest > darkest; i += channels) {
        double share = ((double) image[i] - darkest) / ((double) brightest - darkest);
        image[i] = (float) (low + (high - low) * share);
      }
    }
  }

  /**
   * Changes hue and saturation of pixels.
   *
   * @param turn added to the hue, a share of the color circle
   * @param saturation multiplies the saturation
   * @param range from where to where a saturation may go
   */
  static void hsv(float[] image, double turn, double saturation, double... range) {
    for (int i = 0; i < image.length; i += RGB) {
      double r = image[i];
      double g = image[i + 1];
      double b = image[i + 2];
      double value = Math.max(r, Math.max(g, b));
      double chroma = value - Math.min(r, Math.min(g, b));
      double hue = hue(r, g, b, value, chroma) + turn;
      hue = hue > 1 ? hue - 1 : hue < 0 ? hue + 1 : hue;
      double s = value > 0 ? chroma / value : 0;
      s = Math.max(range[0], Math.min(range[1], s * saturation));
      for (int c = 0; c < RGB; c++) {
        double k = (5 - 2 * c + hue * SIXTHS + SIXTHS) % SIXTHS;
        double share = Math.max(0, Math.min(1, Math.min(k, 4 - k)));
        image[i + c] = (float) (value - value * s * share);
      }
    }
  }

  private static double hue(double r, double g, double b, double value, double chroma) {
    if (chroma == 0) {
      return 0;
    }
    double sixth =
        value == r ? (g - b) / chroma : value == g ? 2 + (b - r) / chroma : 4 + (r - g) / chroma;
    return (sixth < 0 ? sixth + SIXTHS : sixth) / SIXTHS;
  }
}
