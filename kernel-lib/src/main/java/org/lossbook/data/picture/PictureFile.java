package org.lossbook.data.picture;

import java.awt.color.ColorSpace;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.lossbook.base.Messages;
import org.lossbook.config.Shown;
import org.lossbook.data.DataException;
import org.lossbook.data.FilePath;
import org.lossbook.data.view.Descriptions;
import org.lossbook.engine.Memory;

/** Reads and decodes image files. */
final class PictureFile {
  private static final long MOST_PIXELS = 50_000_000;
  private static final String KINDS = "PNG, JPEG, GIF or BMP";

  private PictureFile() {}

  /** What is made of a file's pixels. */
  private interface Content<T> {
    T read(ImageReader reader, JpegMetadata metadata) throws IOException;
  }

  static Picture read(String who, String given) {
    return read(who, given, PictureFile::picture).named(Path.of(given).getFileName().toString());
  }

  /** The labels in a mask's file: see {@link LabelMask#of}. */
  static LabelMask mask(String who, String given, int... values) {
    return read(who, given, (reader, metadata) -> LabelMask.of(reader.read(0), given, values));
  }

  private static <T> T read(String who, String given, Content<T> content) {
    Path file = FilePath.existing(who, "picture", "image(\"my-digit.png\")", given);
    try (ImageInputStream stream = ImageIO.createImageInputStream(file.toFile())) {
      return decoded(who, given, stream, content);
    } catch (IOException | RuntimeException e) {
      throw broken(who, given, e);
    }
  }

  static Picture read(byte[] content) {
    try (var stream = new MemoryCacheImageInputStream(new ByteArrayInputStream(content))) {
      return decoded("image", "these bytes", stream, PictureFile::picture);
    } catch (IOException | RuntimeException e) {
      throw broken("image", "these bytes", e);
    }
  }

  private static DataException broken(String who, String given, Throwable failure) {
    if (failure instanceof DataException known) {
      return known;
    }
    String message = String.valueOf(failure.getMessage());
    return new DataException(
        Messages.of(
            "%s expects a whole picture, %s, but cannot read %s (%s): open it elsewhere and save it as PNG.",
            who,
            KINDS,
            given,
            message.isBlank() || message.contains("null")
                ? "it ends too early or is damaged"
                : Shown.text(message)),
        failure);
  }

  /** Decodes a picture; its size is checked before memory is allocated. */
  private static <T> T decoded(
      String who, String given, ImageInputStream stream, Content<T> content) throws IOException {
    Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
    if (!readers.hasNext()) {
      throw new DataException(
          Messages.of(
              "%s expects a picture, %s, but %s is %s: open it elsewhere and save it as PNG.",
              who, KINDS, given, FileSignatures.format(stream)));
    }
    ImageReader reader = readers.next();
    try {
      JpegMetadata metadata = JpegMetadata.of(stream);
      reader.setInput(stream, true, true);
      String size = Messages.of("%d×%d", reader.getWidth(0), reader.getHeight(0));
      long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
      if (pixels > MOST_PIXELS || reader.getWidth(0) < 1 || reader.getHeight(0) < 1) {
        throw new DataException(
            Messages.of(
                "%s expects a picture of at most %s pixels but %s has %s: save it smaller.",
                who, Descriptions.count(MOST_PIXELS), given, size));
      }
      String subject = Messages.of("%s, %s of %s pixels,", who, given, size);
      room(subject, Memory.product(pixels, bytes(reader)));
      refuseLosses(reader, metadata);
      try {
        return content.read(reader, metadata);
      } catch (OutOfMemoryError e) { // a piece of the file asks for more than its size tells
        room(subject, Long.MAX_VALUE);
        throw broken(who, given, e);
      }
    } finally {
      reader.dispose();
    }
  }

  private static Picture picture(ImageReader reader, JpegMetadata metadata) throws IOException {
    return ExifOrientation.upright(pixels(reader, metadata), metadata.orientation());
  }

  private static Picture pixels(ImageReader reader, JpegMetadata metadata) throws IOException {
    return metadata.components() == 4 && reader.canReadRaster()
        ? ImageDecoder.cmyk(reader.readRaster(0, null), metadata)
        : ImageDecoder.of(reader.read(0));
  }

  /**
   * The bytes needed per pixel: as decoded by Java and as a picture, or as a picture twice, if it
   * is rotated or has no colour.
   */
  private static int bytes(ImageReader reader) throws IOException {
    Iterator<ImageTypeSpecifier> types = reader.getImageTypes(0);
    if (!types.hasNext()) {
      return 4 + 3;
    }
    ImageTypeSpecifier type = types.next();
    boolean grey = type.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_GRAY;
    boolean fine = type.getSampleModel().getSampleSize(0) > Byte.SIZE;
    int decoded = Math.max(1, type.getColorModel().getPixelSize() / Byte.SIZE);
    int picture = (grey ? 1 : 3) * (fine ? 2 : 1);
    return picture + Math.max(decoded, picture);
  }

  private static void room(String subject, long bytes) {
    try {
      Memory.heap(subject, bytes, "save it smaller");
    } catch (IllegalArgumentException e) {
      throw new DataException(e.getMessage(), e);
    }
  }

  /** Refuses a truncated JPEG: Java fills what is missing with grey, and only warns. */
  private static void refuseLosses(ImageReader reader, JpegMetadata metadata) {
    reader.addIIOReadWarningListener(
        (source, warning) -> {
          boolean unfinished = metadata.progressive() && warning.contains("Truncated");
          if (unfinished || warning.contains("premature end")) {
            throw new IllegalStateException("its end is missing");
          }
        });
  }
}
