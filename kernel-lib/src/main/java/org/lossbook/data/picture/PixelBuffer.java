package org.lossbook.data.picture;

import org.lossbook.engine.Memory;

/** The pixels of a picture, row-major, from 0 to {@link #most()}, with 8 or 16 bits. */
final class PixelBuffer {
  private static final int LARGE = 1 << 20; // no memory check below this size

  private final byte[] bytes;
  private final char[] fine; // empty if there are bytes

  private PixelBuffer(byte[] bytes, char[] fine) {
    this.bytes = bytes;
    this.fine = fine;
  }

  static PixelBuffer of(byte[] bytes) {
    return new PixelBuffer(bytes, new char[0]);
  }

  /** A black buffer; refused if there is not enough memory. */
  static PixelBuffer zeros(boolean fine, int height, int width, int channels) {
    int bytes = fine ? Character.BYTES : 1;
    long length = Memory.product(height, width, channels);
    if (length > LARGE) {
      Memory.length(
          "a picture of %d×%d pixels".formatted(height, width), bytes, "make it smaller", length);
    }
    return fine
        ? new PixelBuffer(new byte[0], new char[(int) length])
        : new PixelBuffer(new byte[(int) length], new char[0]);
  }

  /** Whether pixels have 16 bits. */
  boolean isFine() {
    return fine.length > 0;
  }

  /** The value of white. */
  int most() {
    return isFine() ? 0xffff : 0xff;
  }

  int length() {
    return bytes.length + fine.length;
  }

  int get(int at) {
    return isFine() ? fine[at] : bytes[at] & 0xff;
  }

  void set(int at, int value) {
    if (isFine()) {
      fine[at] = (char) value;
    } else {
      bytes[at] = (byte) value;
    }
  }

  /** A value from 0 to 255. */
  int getByte(int at) {
    return isFine() ? (fine[at] * 255 + 32_767) / 65_535 : bytes[at] & 0xff;
  }

  void copy(int at, PixelBuffer into, int to, int count) {
    if (isFine()) {
      System.arraycopy(fine, at, into.fine, to, count);
    } else {
      System.arraycopy(bytes, at, into.bytes, to, count);
    }
  }

  /** A copy as bytes, rounded to 8 bits. */
  byte[] toBytes() {
    byte[] all = new byte[length()];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) getByte(i);
    }
    return all;
  }

  /** A copy as numbers from 0 to 1. */
  float[] toFloats() {
    float[] all = new float[length()];
    float most = most();
    for (int i = 0; i < all.length; i++) {
      all[i] = get(i) / most;
    }
    return all;
  }

  /** The largest value. */
  int max() {
    int max = 0;
    for (int i = 0; i < length(); i++) {
      max = Math.max(max, get(i));
    }
    return max;
  }
}
