package org.lossbook.data.picture;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import javax.imageio.stream.ImageInputStream;

/**
 * The metadata of a JPEG that Java's reader leaves out.
 *
 * @param orientation the Exif orientation, 1 to 8
 * @param adobe whether there is Adobe's marker, with which CMYK values are inverted
 * @param transform the colour transform of that marker: 0 for none, 2 for YCCK
 * @param inks the number of components
 * @param progressive whether the JPEG is progressive
 */
record JpegMetadata(
    int orientation, boolean adobe, int transform, int components, boolean progressive) {
  private static final JpegMetadata NONE =
      new JpegMetadata(ExifOrientation.UPRIGHT, false, 0, 0, false);
  private static final int JPEG = 0xffd8;
  private static final int FIRST_MARKER = 0xff00;
  private static final int FILL = 0xffff;
  private static final int EXIF = 0xffe1;
  private static final int ADOBE = 0xffee;
  private static final int ADOBE_LENGTH = 12;
  private static final int COMPONENTS = 5; // after the precision, height and width
  private static final int PIXELS = 0xffda;

  /**
   * Reads the metadata; empty if it is not a JPEG. Broken segments are skipped: Java's own metadata
   * reader rejects files that other programs accept.
   *
   * @param stream a stream at the start of a file, to which it is reset
   */
  static JpegMetadata of(ImageInputStream stream) throws IOException {
    long start = stream.getStreamPosition();
    stream.setByteOrder(ByteOrder.BIG_ENDIAN);
    JpegMetadata metadata = NONE;
    try {
      if (stream.readUnsignedShort() != JPEG) {
        return NONE;
      }
      for (int marker = marker(stream);
          marker >= FIRST_MARKER && marker != PIXELS;
          marker = marker(stream)) {
        byte[] content = new byte[Math.max(0, stream.readUnsignedShort() - 2)];
        stream.readFully(content);
        metadata = metadata.and(marker, content);
      }
      return metadata;
    } catch (EOFException e) {
      return metadata; // decoding the pixels will report what is missing
    } finally {
      stream.seek(start);
    }
  }

  private static int marker(ImageInputStream stream) throws IOException {
    int marker = stream.readUnsignedShort();
    while (marker == FILL) {
      marker = FIRST_MARKER | stream.readUnsignedByte();
    }
    return marker;
  }

  private JpegMetadata and(int marker, byte[] content) {
    if (marker == EXIF && orientation == ExifOrientation.UPRIGHT) {
      return new JpegMetadata(
          ExifOrientation.read(content), adobe, transform, components, progressive);
    }
    if (marker == ADOBE && content.length >= ADOBE_LENGTH && isAdobe(content)) {
      return new JpegMetadata(
          orientation, true, content[ADOBE_LENGTH - 1] & 0xff, components, progressive);
    }
    return isFrame(marker) && content.length > COMPONENTS
        ? new JpegMetadata(
            orientation, adobe, transform, content[COMPONENTS] & 0xff, (marker & 3) == 2)
        : this;
  }

  private static boolean isAdobe(byte[] content) {
    return new String(content, 0, 5, StandardCharsets.US_ASCII).equals("Adobe");
  }

  /** Whether a marker starts a frame: C0 to CF, except those of tables. */
  private static boolean isFrame(int marker) {
    return (marker & 0xfff0) == 0xffc0 && marker != 0xffc4 && marker != 0xffc8 && marker != 0xffcc;
  }
}
