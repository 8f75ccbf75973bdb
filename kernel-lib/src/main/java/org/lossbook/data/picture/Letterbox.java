package org.lossbook.data.picture;

import java.util.Arrays;

/** Letterboxing: fits a whole picture into another size, padded with the colour of its edge. */
final class Letterbox {
  private Letterbox() {}

  static Picture of(Picture picture, int newHeight, int newWidth) {
    int height = picture.height();
    int width = picture.width();
    int[] inside = inner(height, width, newHeight, newWidth);
    int innerHeight = inside[0];
    int innerWidth = inside[1];
    Picture inner = picture.resized(innerHeight, innerWidth);
    if (innerHeight == newHeight && innerWidth == newWidth) {
      return inner;
    }
    int channels = picture.channels();
    int[] padding = edge(picture);
    PixelBuffer whole =
        PixelBuffer.zeros(picture.samples().is16Bit(), newHeight, newWidth, channels);
    for (int i = 0; i < whole.length(); i++) {
      whole.set(i, padding[i % channels]);
    }
    int top = (newHeight - innerHeight) / 2;
    int left = (newWidth - innerWidth) / 2;
    for (int y = 0; y < innerHeight; y++) {
      inner
          .samples()
          .copy(
              y * innerWidth * channels,
              whole,
              ((top + y) * newWidth + left) * channels,
              innerWidth * channels);
    }
    return picture.with(whole, newHeight, newWidth, channels);
  }

  /** The height and width of what is fitted in, in its proportions. */
  static int[] inner(int height, int width, int newHeight, int newWidth) {
    double scale = Math.min((double) newHeight / height, (double) newWidth / width);
    return new int[] {
      Math.max(1, Math.min(newHeight, (int) Math.round(height * scale))),
      Math.max(1, Math.min(newWidth, (int) Math.round(width * scale)))
    };
  }

  /** The median colour of the outermost pixels. */
  private static int[] edge(Picture picture) {
    PixelBuffer pixels = picture.samples();
    int height = picture.height();
    int width = picture.width();
    int channels = picture.channels();
    int[] median = new int[channels];
    for (int c = 0; c < channels; c++) {
      int[] values = new int[2 * (height + width)];
      for (int x = 0; x < width; x++) {
        values[x] = pixels.get(x * channels + c);
        values[width + x] = pixels.get(((height - 1) * width + x) * channels + c);
      }
      for (int y = 0; y < height; y++) {
        values[2 * width + y] = pixels.get(y * width * channels + c);
        values[2 * width + height + y] = pixels.get((y * width + width - 1) * channels + c);
      }
      Arrays.sort(values);
      median[c] = values[values.length / 2];
    }
    return median;
  }
}
