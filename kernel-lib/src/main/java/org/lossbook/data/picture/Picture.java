package org.lossbook.data.picture;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.lossbook.base.Messages;
import org.lossbook.data.FilePath;
import org.lossbook.data.Values;
import org.lossbook.engine.Memory;
import org.lossbook.notebook.Renderable;
import org.lossbook.plot.PixelFigure;

/**
 * An image: greyscale or RGB pixels of 8 or 16 bits. Immutable; each call returns a new one. A cell
 * that ends with a picture displays it.
 *
 * <p>{@code model.predict(image("my-digit.png"))} fits it to the model's input, as {@link #fitted}
 * does, grey or coloured as the model wants it, its values from 0 to 1. That is all: a model that
 * learned white digits on black, such as MNIST's, does not know a dark one on white paper.
 *
 * <pre>{@code
 * var mine = image("my-digit.png").grey().inverted().contrasted().fitted(28, 28);
 * mine                                // as the model sees it
 * model.predict(mine)
 * }</pre>
 */
public final class Picture implements Renderable {
  private static final int MOST = 50_000_000;
  private static final int SCREEN = 2_000;
  private static final int OPAQUE = 0xff000000;

  private final PixelBuffer pixels; // [height, width, channels], row-major
  private final int height;
  private final int width;
  private final int channels;
  private final String name;

  Picture(byte[] pixels, int height, int width, int channels, String name) {
    this(PixelBuffer.of(pixels), height, width, channels, name);
  }

  Picture(PixelBuffer pixels, int height, int width, int channels, String name) {
    this.pixels = pixels;
    this.height = height;
    this.width = width;
    this.channels = channels;
    this.name = name;
  }

  /**
   * Reads an image file: PNG, JPEG (rotated by its Exif orientation), GIF (the first frame) or BMP.
   * Transparent pixels are blended with white; an image without colour becomes greyscale.
   *
   * @param path an absolute path, or one relative to the working directory
   * @throws org.lossbook.data.DataException if there is no such file, it is broken, or it is larger
   *     than 50 million pixels or the available memory
   */
  public static Picture read(String path) {
    return PictureFile.read("image", path);
  }

  /** Reads an image file. */
  public static Picture read(Path path) {
    return read(FilePath.text("image", path));
  }

  /** Decodes the bytes of an image file. */
  public static Picture read(byte[] content) {
    if (content == null) {
      throw none("the bytes of a file");
    }
    return PictureFile.read(content);
  }

  /** A picture from a {@link BufferedImage}. */
  public static Picture of(BufferedImage image) {
    if (image == null) {
      throw none("a BufferedImage");
    }
    return ImageDecoder.of(image);
  }

  private static IllegalArgumentException none(String what) {
    return Messages.wrong(
        "image expects %s but receives null: ImageIO.read gives null for a file format it does not know.",
        what);
  }

  /** The height in pixels. */
  public int height() {
    return height;
  }

  /** The width in pixels. */
  public int width() {
    return width;
  }

  /** The number of channels: 1 for greyscale, 3 for red, green and blue. */
  public int channels() {
    return channels;
  }

  /**
   * The pixels as bytes, {@code [height, width, channels]}, row-major, for other libraries; 16 bits
   * are rounded. Java's bytes are signed, so that 255 reads as −1: give a model the picture itself
   * or its {@link #values()}.
   */
  public byte[] pixels() {
    return pixels.toBytes();
  }

  /** The pixels as numbers from 0 (black) to 1, {@code [height, width, channels]}. */
  public Values values() {
    Memory.length(
        Messages.of("values of %d×%d pixels", height, width),
        Float.BYTES,
        "take a smaller picture, with fitted(…)",
        pixels.length());
    return Values.of(pixels.toFloats(), height, width, channels);
  }

  /** The pixels, read-only. */
  PixelBuffer samples() {
    return pixels;
  }

  Picture named(String other) {
    return new Picture(pixels, height, width, channels, other);
  }

  private PixelBuffer zeros(int newHeight, int newWidth, int newChannels) {
    return PixelBuffer.zeros(pixels.is16Bit(), newHeight, newWidth, newChannels);
  }

  Picture with(PixelBuffer other, int newHeight, int newWidth, int newChannels) {
    return new Picture(other, newHeight, newWidth, newChannels, name);
  }

  /** Whether all three channels are equal. */
  boolean hasNoColours() {
    for (int i = 0; channels == 3 && i < pixels.length(); i += 3) {
      if (pixels.get(i) != pixels.get(i + 1) || pixels.get(i) != pixels.get(i + 2)) {
        return false;
      }
    }
    return channels == 3;
  }

  /** Converts to greyscale: {@code 0.299 red + 0.587 green + 0.114 blue} (ITU-R BT.601). */
  public Picture grey() {
    if (channels == 1) {
      return this;
    }
    PixelBuffer grey = zeros(height, width, 1);
    for (int i = 0; i < grey.length(); i++) {
      int red = pixels.get(3 * i);
      int green = pixels.get(3 * i + 1);
      int blue = pixels.get(3 * i + 2);
      grey.set(i, (299 * red + 587 * green + 114 * blue + 500) / 1000);
    }
    return with(grey, height, width, 1);
  }

  /** Converts to RGB; a greyscale picture gets three equal channels. */
  public Picture colour() {
    if (channels == 3) {
      return this;
    }
    PixelBuffer colour = zeros(height, width, 3);
    for (int i = 0; i < colour.length(); i++) {
      colour.set(i, pixels.get(i / 3));
    }
    return with(colour, height, width, 3);
  }

  /** Inverts the picture: a digit on white paper becomes white on black, as in MNIST. */
  public Picture inverted() {
    return changed(value -> pixels.white() - value);
  }

  /**
   * Stretches the contrast: the darkest value becomes black and the lightest white. This makes a
   * 16-bit file with small values, such as depths, visible.
   */
  public Picture contrasted() {
    var range = IntStream.range(0, pixels.length()).map(pixels::get).summaryStatistics();
    int low = range.getMin();
    long spread = Math.max(1, range.getMax() - low);
    return changed(value -> (int) ((value - low) * (long) pixels.white() / spread));
  }

  private Picture changed(IntUnaryOperator change) {
    PixelBuffer changed = zeros(height, width, channels);
    for (int i = 0; i < changed.length(); i++) {
      changed.set(i, change.applyAsInt(pixels.get(i)));
    }
    return with(changed, height, width, channels);
  }

  /**
   * Crops a rectangle whose upper left corner is at row {@code top} and column {@code left}.
   *
   * @throws IllegalArgumentException if it extends beyond the picture
   */
  public Picture cropped(int top, int left, int newHeight, int newWidth) {
    if (top < 0
        || left < 0
        || newHeight < 1
        || newWidth < 1
        || top > height - newHeight
        || left > width - newWidth) {
      throw Messages.wrong(
          "cropped expects a rectangle within %d rows and %d columns but receives %d×%d from row %d and column %d: rows and columns count from 0.",
          height, width, newHeight, newWidth, top, left);
    }
    PixelBuffer piece = zeros(newHeight, newWidth, channels);
    for (int y = 0; y < newHeight; y++) {
      pixels.copy(
          ((top + y) * width + left) * channels,
          piece,
          y * newWidth * channels,
          newWidth * channels);
    }
    return with(piece, newHeight, newWidth, channels);
  }

  /**
   * Resizes to this size, without keeping proportions. Shrinking averages the pixels covered;
   * enlarging interpolates between neighbours.
   */
  public Picture resized(int newHeight, int newWidth) {
    checkSize("resized", newHeight, newWidth);
    return newHeight == height && newWidth == width
        ? this
        : with(
            Resampling.resized(pixels, height, width, channels, newHeight, newWidth),
            newHeight,
            newWidth,
            channels);
  }

  /**
   * Fits the picture into this size, centred and in proportion (letterboxing). The padding has the
   * colour of the edge: the median of the outermost pixels.
   */
  public Picture fitted(int newHeight, int newWidth) {
    checkSize("fitted", newHeight, newWidth);
    return Letterbox.of(this, newHeight, newWidth);
  }

  static void checkSize(String who, int newHeight, int newWidth) {
    if (newHeight < 1 || newWidth < 1 || (long) newHeight * newWidth > MOST) {
      throw Messages.wrong(
          "%s expects a height and a width of 1 or more, together at most 50 million pixels, but receives %d and %d: 28 and 28 are MNIST's.",
          who, newHeight, newWidth);
    }
  }

  private int rgb(int pixel) {
    int at = pixel * channels;
    int red = pixels.getByte(at);
    return channels == 1
        ? OPAQUE | red * 0x10101
        : OPAQUE | red << 16 | pixels.getByte(at + 1) << 8 | pixels.getByte(at + 2);
  }

  /** Converts to a {@link BufferedImage}. */
  public BufferedImage toBufferedImage() {
    Memory.length(
        Messages.of("a BufferedImage of %d×%d pixels", height, width),
        Integer.BYTES,
        "make it smaller with fitted(…)",
        height,
        width);
    var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < width * height; i++) {
      image.setRGB(i % width, i / width, rgb(i));
    }
    return image;
  }

  /** The picture, no larger than a screen. */
  private Picture shown() {
    double scale = Math.min(1, (double) SCREEN / Math.max(height, width));
    return resized(
        Math.max(1, (int) Math.round(height * scale)),
        Math.max(1, (int) Math.round(width * scale)));
  }

  @Override
  public Map<String, String> mimeBundle() {
    return PixelFigure.of(shown().toBufferedImage(), toString()).mimeBundle();
  }

  /** {@code my-digit.png: 28×28, grey}: height first, as in shapes. */
  @Override
  public String toString() {
    return Messages.of(
        "%s: %d×%d, %s%s",
        name.isEmpty() ? "picture" : name,
        height,
        width,
        channels == 1 ? "grey" : "colour",
        pixels.is16Bit() ? " of 16 bits" : "");
  }
}
