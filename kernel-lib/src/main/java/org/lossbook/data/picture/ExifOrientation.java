package org.lossbook.data.picture;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The Exif orientation of a JPEG (Exif 2.3, 2010, tag 274): how the camera was held. ImageIO
 * ignores it and leaves such a picture on its side.
 */
final class ExifOrientation {
  static final int UPRIGHT = 1;
  private static final int TAG = 0x0112;
  private static final int HEADER = 6; // "Exif" and two zeros
  private static final int ENTRY = 12;

  private ExifOrientation() {}

  /**
   * Reads the orientation from the content of the Exif marker: the first directory of a TIFF file.
   */
  static int read(byte[] content) {
    try {
      String head = new String(content, 0, Math.min(4, content.length), StandardCharsets.US_ASCII);
      if (!head.equals("Exif")) {
        return UPRIGHT;
      }
      var tiff = ByteBuffer.wrap(content, HEADER, content.length - HEADER).slice();
      tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
      int directory = tiff.getInt(4);
      int entries = tiff.getShort(directory) & 0xffff;
      for (int i = 0; i < entries; i++) {
        int entry = directory + 2 + i * ENTRY;
        if ((tiff.getShort(entry) & 0xffff) == TAG) {
          int value = tiff.getShort(entry + 8);
          return value >= 1 && value <= 8 ? value : UPRIGHT;
        }
      }
      return UPRIGHT;
    } catch (IndexOutOfBoundsException | BufferUnderflowException e) {
      return UPRIGHT;
    }
  }

  /** Turns a picture upright. */
  static Picture upright(Picture lying, int orientation) {
    if (orientation == UPRIGHT) {
      return lying;
    }
    boolean turned = orientation >= 5;
    int height = turned ? lying.width() : lying.height();
    int width = turned ? lying.height() : lying.width();
    int channels = lying.channels();
    PixelBuffer from = lying.samples();
    PixelBuffer into = PixelBuffer.zeros(from.is16Bit(), height, width, channels);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int row = row(orientation, lying.height(), y, x);
        int column = column(orientation, lying.width(), y, x);
        from.copy(
            (row * lying.width() + column) * channels, into, (y * width + x) * channels, channels);
      }
    }
    return new Picture(into, height, width, channels, "");
  }

  private static int row(int orientation, int height, int y, int x) {
    return switch (orientation) {
      case 3, 4 -> height - 1 - y;
      case 5, 8 -> x;
      case 6, 7 -> height - 1 - x;
      default -> y;
    };
  }

  private static int column(int orientation, int width, int y, int x) {
    return switch (orientation) {
      case 2, 3 -> width - 1 - x;
      case 5, 6 -> y;
      case 7, 8 -> width - 1 - y;
      default -> x;
    };
  }
}
