package org.lossbook.data.picture;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.util.Arrays;
import org.lossbook.base.Messages;
import org.lossbook.data.DataException;

/**
 * A mask: a label for each pixel of an image.
 *
 * @param labels {@code [height, width]}, row-major, from 0 to 255
 */
record LabelMask(byte[] labels, int height, int width) {
  private static final int IGNORED = 255;

  /**
   * The labels in an image file. What a pixel stores is its label: the level of a grey one, the
   * index of one with a palette, red, green and blue as 0xRRGGBB of any other.
   *
   * @param path for messages
   * @param values the values that stand for the labels 0, 1, 2, …; none if the values are labels
   */
  static LabelMask of(BufferedImage image, String path, int... values) {
    int height = image.getHeight();
    int width = image.getWidth();
    byte[] labels = PixelBuffer.zeros(false, height, width, 1).toBytes();
    Raster raster = image.getRaster();
    boolean isColoured =
        raster.getNumBands() > 2 && !(image.getColorModel() instanceof IndexColorModel);
    int[] row = new int[width];
    for (int y = 0; y < height; y++) {
      if (isColoured) {
        image.getRGB(0, y, width, 1, row, 0, width);
      } else {
        raster.getSamples(raster.getMinX(), raster.getMinY() + y, width, 1, 0, row);
      }
      for (int x = 0; x < width; x++) {
        labels[y * width + x] = (byte) label(isColoured ? levels(row[x]) : row[x], path, values);
      }
    }
    return new LabelMask(labels, height, width);
  }

  /** Red, green and blue as one number, or the level of a grey. */
  private static int levels(int colour) {
    int blue = colour & 0xff;
    return (colour & 0xffffff) == blue * 0x10101 ? blue : colour & 0xffffff;
  }

  private static int label(int value, String path, int... values) {
    for (int i = 0; i < values.length; i++) {
      if (values[i] == value || values[i] > IGNORED && levels(values[i]) == value) {
        return i;
      }
    }
    if (value <= IGNORED && (values.length == 0 || value == IGNORED)) {
      return value;
    }
    throw new DataException(
        values.length == 0
            ? Messages.of(
                "imageFolder expects masks whose pixels are labels from 0 to 255 but %s has the value 0x%06x: name the values of the labels in order, .maskValues(0x000000, 0x%06x).",
                path, value, value)
            : Messages.of(
                "imageFolder expects masks of the values in maskValues(…) but %s has %s: name it too, or save masks as PNG, because JPEG changes values.",
                path, value > IGNORED ? Messages.of("0x%06x", value) : value));
  }

  /** Refuses a mask of another size than its image. */
  LabelMask over(Picture image, String path) {
    if (height != image.height() || width != image.width()) {
      throw new DataException(
          Messages.of(
              "imageFolder expects a mask of the size of its picture but %s has %d×%d pixels and %s %d×%d: make both alike.",
              path,
              height,
              width,
              image.toString().split(":", 2)[0],
              image.height(),
              image.width()));
    }
    return this;
  }

  /** The mask at another size: each label is that of the nearest pixel. */
  LabelMask resized(int newHeight, int newWidth) {
    byte[] resized = new byte[newHeight * newWidth];
    for (int y = 0; y < newHeight; y++) {
      int row = nearest(y, height, newHeight) * width;
      for (int x = 0; x < newWidth; x++) {
        resized[y * newWidth + x] = labels[row + nearest(x, width, newWidth)];
      }
    }
    return new LabelMask(resized, newHeight, newWidth);
  }

  private static int nearest(int i, int from, int to) {
    return (int) ((2L * i + 1) * from / (2L * to));
  }

  /** The mask beside an image that {@link Letterbox} fits in: the label is 0 around it. */
  LabelMask fitted(int newHeight, int newWidth) {
    int[] inner = Letterbox.inner(height, width, newHeight, newWidth);
    LabelMask within = resized(inner[0], inner[1]);
    byte[] whole = new byte[newHeight * newWidth];
    int top = (newHeight - inner[0]) / 2;
    int left = (newWidth - inner[1]) / 2;
    for (int y = 0; y < inner[0]; y++) {
      System.arraycopy(within.labels, y * inner[1], whole, (top + y) * newWidth + left, inner[1]);
    }
    return new LabelMask(whole, newHeight, newWidth);
  }

  /** How many labels masks have, 255 aside, which stands for pixels that do not count. */
  static int classes(LabelMask... masks) {
    boolean[] occurs = new boolean[IGNORED + 1];
    for (LabelMask mask : masks) {
      for (byte label : mask.labels) {
        occurs[label & 0xff] = true;
      }
    }
    int most = IGNORED - 1;
    while (most > 0 && !occurs[most]) {
      most--;
    }
    if (most == 0 && occurs[IGNORED]) {
      throw new DataException(
          "imageFolder expects masks whose pixels are labels 0, 1, 2, … but receives only 0 and 255: write .maskValues(0, 255) for the labels 0 and 1.");
    }
    return most + 1;
  }

  /** {@code mask [2, 4]}. */
  @Override
  public String toString() {
    return "mask " + Arrays.toString(new int[] {height, width});
  }
}
