package org.lossbook.data.picture;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorConvertOp;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;

/** Converts a {@link BufferedImage} to pixels. Transparent pixels are blended with white. */
final class ImageDecoder {
  private static final int STRIP = 64; // rows whose colours are converted at once

  private ImageDecoder() {}

  static Picture of(BufferedImage image) {
    ColorModel model = image.getColorModel();
    boolean grey = model.getColorSpace().getType() == ColorSpace.TYPE_GRAY;
    boolean plain =
        model instanceof ComponentColorModel
            && (grey || model.getColorSpace().isCS_sRGB())
            && (grey || !image.isAlphaPremultiplied())
            && isWhole(image.getRaster());
    return plain ? components(image, grey ? 1 : 3) : converted(image);
  }

  private static boolean isWhole(Raster raster) {
    int type = raster.getTransferType();
    return type == DataBuffer.TYPE_BYTE || type == DataBuffer.TYPE_USHORT;
  }

  /**
   * Copies the values as stored in the file; Java would treat grey ones as linear light and
   * brighten them.
   *
   * @param channels 1 or 3; a further band of the image is alpha
   */
  private static Picture components(BufferedImage image, int channels) {
    Raster raster = image.getRaster();
    int height = image.getHeight();
    int width = image.getWidth();
    int bands = raster.getNumBands();
    int bits = raster.getSampleModel().getSampleSize(0);
    int max = (1 << bits) - 1;
    boolean fine = bits > Byte.SIZE;
    PixelBuffer pixels = PixelBuffer.zeros(fine, height, width, channels);
    int[] row = new int[width * bands];
    for (int y = 0; y < height; y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
      for (int x = 0; x < width; x++) {
        int alpha = bands > channels ? row[x * bands + channels] : max;
        for (int c = 0; c < channels; c++) {
          int value = row[x * bands + c];
          int seen =
              image.isAlphaPremultiplied()
                  ? value + max - alpha
                  : blendWithWhite(value, alpha, max);
          pixels.set((y * width + x) * channels + c, scaled(seen, max, pixels.white()));
        }
      }
    }
    return greyIfColourless(new Picture(pixels, height, width, channels, ""));
  }

  private static int blendWithWhite(int value, int alpha, int max) {
    return alpha == max
        ? value
        : (int) (((long) value * alpha + (long) max * (max - alpha) + max / 2) / max);
  }

  private static int scaled(int value, int from, int to) {
    return from == to ? value : (int) (((long) value * to + from / 2) / from);
  }

  /** Converts palettes, packed pixels and other colour spaces to red, green and blue. */
  private static Picture converted(BufferedImage image) {
    int height = image.getHeight();
    int width = image.getWidth();
    PixelBuffer pixels = PixelBuffer.zeros(false, height, width, 3);
    boolean other = !image.getColorModel().getColorSpace().isCS_sRGB();
    int[] row = new int[width];
    for (int top = 0; top < height; top += STRIP) {
      BufferedImage strip = image.getSubimage(0, top, width, Math.min(STRIP, height - top));
      if (other) { // whole strips: pixel by pixel, a photograph takes minutes
        var target = new BufferedImage(width, strip.getHeight(), BufferedImage.TYPE_INT_ARGB);
        strip = new ColorConvertOp(null).filter(strip, target);
      }
      for (int y = 0; y < strip.getHeight(); y++) {
        strip.getRGB(0, y, width, 1, row, 0, width);
        for (int x = 0; x < width; x++) {
          for (int c = 0; c < 3; c++) {
            int value = row[x] >> (16 - 8 * c) & 0xff;
            pixels.set(((top + y) * width + x) * 3 + c, blendWithWhite(value, row[x] >>> 24, 255));
          }
        }
      }
    }
    return greyIfColourless(new Picture(pixels, height, width, 3, ""));
  }

  /**
   * Converts CMYK to RGB: {@code (1 − c)(1 − k)}. Files with Adobe's marker store inverted values.
   *
   * @param raw the stored values
   */
  static Picture cmyk(Raster raw, JpegMetadata metadata) {
    int height = raw.getHeight();
    int width = raw.getWidth();
    PixelBuffer pixels = PixelBuffer.zeros(false, height, width, 3);
    int[] row = new int[width * 4];
    for (int y = 0; y < height; y++) {
      raw.getPixels(raw.getMinX(), raw.getMinY() + y, width, 1, row);
      for (int x = 0; x < width; x++) {
        int at = x * 4;
        if (metadata.transform() == 2) {
          fromYcck(row, at);
        }
        int key = metadata.adobe() ? row[at + 3] : 255 - row[at + 3];
        for (int c = 0; c < 3; c++) {
          int light = metadata.adobe() ? row[at + c] : 255 - row[at + c];
          pixels.set((y * width + x) * 3 + c, (light * key + 127) / 255);
        }
      }
    }
    return greyIfColourless(new Picture(pixels, height, width, 3, ""));
  }

  /** Converts YCCK to CMYK in place (ITU-T T.871). */
  private static void fromYcck(int[] row, int at) {
    double bright = row[at];
    double blue = row[at + 1] - 128;
    double red = row[at + 2] - 128;
    row[at] = 255 - bounded(bright + 1.402 * red);
    row[at + 1] = 255 - bounded(bright - 0.344136 * blue - 0.714136 * red);
    row[at + 2] = 255 - bounded(bright + 1.772 * blue);
  }

  private static int bounded(double value) {
    return (int) Math.max(0, Math.min(255, Math.round(value)));
  }

  private static Picture greyIfColourless(Picture picture) {
    return picture.hasNoColours() ? picture.grey() : picture;
  }
}
