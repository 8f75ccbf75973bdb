package org.lossbook.data.picture;

import org.lossbook.base.Messages;
import org.lossbook.engine.Memory;

/** The pixels of a picture, row-major, from 0 to {@link #white()}, with 8 or 16 bits. */
final class PixelBuffer {
  private static final int LARGE = 1 << 20; // no memory check below this size

  private final byte[] bytes;
  private final char[] chars; // empty if there are bytes

  private PixelBuffer(byte[] bytes, char[] chars) {
    this.bytes = bytes;
    this.chars = chars;
  }

  static PixelBuffer of(byte[] bytes) {
    return new PixelBuffer(bytes, new char[0]);
  }

  /** A black buffer; refused if there is not enough memory. */
  static PixelBuffer zeros(boolean is16Bit, int height, int width, int channels) {
    int bytes = is16Bit ? Character.BYTES : 1;
    long length = Memory.product(height, width, channels);
    if (length > LARGE) {
      Memory.length(
          Messages.of("a picture of %d×%d pixels", height, width),
          bytes,
          "make it smaller",
          length);
    }
    return is16Bit
        ? new PixelBuffer(new byte[0], new char[(int) length])
        : new PixelBuffer(new byte[(int) length], new char[0]);
  }

  /** Whether pixels have 16 bits. */
  boolean is16Bit() {
    return chars.length > 0;
  }

  /** The value of white. */
  int white() {
    return is16Bit() ? 0xffff : 0xff;
  }

  int length() {
    return bytes.length + chars.length;
  }

  int get(int at) {
    return is16Bit() ? chars[at] : bytes[at] & 0xff;
  }

  void set(int at, int value) {
    if (is16Bit()) {
      chars[at] = (char) value;
    } else {
      bytes[at] = (byte) value;
    }
  }

  /** A value from 0 to 255. */
  int getByte(int at) {
    return is16Bit() ? (chars[at] * 255 + 32_767) / 65_535 : bytes[at] & 0xff;
  }

  void copy(int at, PixelBuffer into, int to, int count) {
    if (is16Bit()) {
      System.arraycopy(chars, at, into.chars, to, count);
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
    float most = white();
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
