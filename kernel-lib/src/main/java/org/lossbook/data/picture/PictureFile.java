package org.lossbook.data.picture;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.lossbook.data.DataException;
import org.lossbook.data.Describe;
import org.lossbook.data.FilePath;

/** From a file's bytes to a picture's. */
final class PictureFile {
  private static final long MOST_PIXELS = 50_000_000; // 200 MB while it is decoded
  private static final String KINDS = "PNG, JPEG, GIF or BMP";

  private PictureFile() {}

  static Picture read(String who, String given) {
    Path file = FilePath.existing(who, "picture", "image(\"my-digit.png\")", given);
    try (ImageInputStream stream = ImageIO.createImageInputStream(file.toFile())) {
      return decoded(who, given, stream).named(file.getFileName().toString());
    } catch (IOException | RuntimeException e) {
      throw broken(who, given, e);
    }
  }

  static Picture read(byte[] content) {
    try (var stream = new MemoryCacheImageInputStream(new ByteArrayInputStream(content))) {
      return decoded("image", "these bytes", stream);
    } catch (IOException | RuntimeException e) {
      throw broken("image", "these bytes", e);
    }
  }

  private static DataException broken(String who, String given, Exception failure) {
    if (failure instanceof DataException known) {
      return known;
    }
    return new DataException(
        "%s expects a whole picture, %s, but cannot read %s (%s): open it elsewhere and save it as PNG."
            .formatted(
                who,
                KINDS,
                given,
                String.valueOf(failure.getMessage()).lines().findFirst().orElse("")),
        failure);
  }

  /** The size is looked at before memory is taken for it. */
  private static Picture decoded(String who, String given, ImageInputStream stream)
      throws IOException {
    Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
    if (!readers.hasNext()) {
      throw new DataException(
          "%s expects a picture, %s, but %s is none: open it elsewhere and save it as PNG."
              .formatted(who, KINDS, given));
    }
    ImageReader reader = readers.next();
    try {
      int orientation = Orientation.of(stream);
      reader.setInput(stream, true, true);
      long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
      if (pixels > MOST_PIXELS) {
        throw new DataException(
            "%s expects a picture of at most %s pixels but %s has %d×%d: save it smaller."
                .formatted(
                    who,
                    Describe.count(MOST_PIXELS),
                    given,
                    reader.getWidth(0),
                    reader.getHeight(0)));
      }
      return Orientation.upright(of(reader.read(0)), orientation);
    } finally {
      reader.dispose();
    }
  }

  /** What shows through is seen on white paper. */
  static Picture of(BufferedImage image) {
    var model = image.getColorModel();
    boolean grey =
        model.getColorSpace().getType() == ColorSpace.TYPE_GRAY
            && !(model instanceof IndexColorModel);
    return grey ? grey(image) : colour(image);
  }

  /**
   * Grey values as they stand in the file: Java would take them for amounts of light and make them
   * brighter.
   */
  private static Picture grey(BufferedImage image) {
    Raster raster = image.getRaster();
    int height = image.getHeight();
    int width = image.getWidth();
    boolean alpha = raster.getNumBands() > 1;
    boolean multiplied = image.isAlphaPremultiplied();
    double most = (1L << raster.getSampleModel().getSampleSize(0)) - 1;
    byte[] pixels = new byte[Math.multiplyExact(height, width)];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double value = raster.getSample(x, y, 0) / most;
        double ink = alpha ? raster.getSample(x, y, 1) / most : 1;
        double seen = (multiplied ? value : value * ink) + 1 - ink;
        pixels[y * width + x] = (byte) Math.round(255 * Math.min(1, seen));
      }
    }
    return new Picture(pixels, height, width, 1, "");
  }

  private static Picture colour(BufferedImage image) {
    int height = image.getHeight();
    int width = image.getWidth();
    byte[] pixels = new byte[Math.multiplyExact(Math.multiplyExact(height, width), 3)];
    int[] row = new int[width];
    for (int y = 0; y < height; y++) {
      image.getRGB(0, y, width, 1, row, 0, width);
      for (int x = 0; x < width; x++) {
        int alpha = row[x] >>> 24;
        for (int c = 0; c < 3; c++) {
          int value = row[x] >> (16 - 8 * c) & 0xff;
          pixels[(y * width + x) * 3 + c] =
              (byte) ((value * alpha + 255 * (255 - alpha) + 127) / 255);
        }
      }
    }
    var picture = new Picture(pixels, height, width, 3, "");
    return picture.hasNoColours() ? picture.grey() : picture;
  }
}
