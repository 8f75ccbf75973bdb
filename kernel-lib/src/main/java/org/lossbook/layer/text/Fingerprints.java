package org.lossbook.layer.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The hash functions by which Keras sorts texts into bins: FarmHash's 64-bit fingerprint (Pike and
 * Alakuijala, Google, 2014) and, with a key, SipHash-2-4 (Aumasson and Bernstein, 2012).
 */
final class Fingerprints {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long K0 = 0xc3a5c85c97cb3127L;
  private static final long K1 = 0xb492b66fbe98f273L;
  private static final long K2 = 0x9ae16a3b2f90404fL;

  private Fingerprints() {}

  /** The bin of a text among so many: by SipHash with a key of two numbers, by FarmHash without. */
  static int bin(String text, long[] key, int bins) {
    return bin(text.getBytes(StandardCharsets.UTF_8), key, bins);
  }

  /** The bin of a text in UTF-8. */
  static int bin(byte[] bytes, long[] key, int bins) {
    long hash = key.length == 0 ? farm(bytes) : sip(bytes, key[0], key[1]);
    return (int) Long.remainderUnsigned(hash, bins);
  }

  /** FarmHash's {@code Fingerprint64}. */
  static long farm(byte[] s) {
    int length = s.length;
    if (length <= 16) {
      return upTo16(s);
    }
    if (length <= 32) {
      return upTo32(s);
    }
    return length <= 64 ? upTo64(s) : longer(s);
  }

  private static long upTo16(byte[] s) {
    int length = s.length;
    long mul = K2 + length * 2L;
    if (length >= 8) {
      long a = at(s, 0) + K2;
      long b = at(s, length - 8);
      long c = rotate(b, 37) * mul + a;
      long d = (rotate(a, 25) + b) * mul;
      return joined(c, d, mul);
    }
    if (length >= 4) {
      return joined(length + (intAt(s, 0) << 3), intAt(s, length - 4), mul);
    }
    if (length > 0) {
      int y = (s[0] & 0xff) + ((s[length >> 1] & 0xff) << 8);
      int z = length + ((s[length - 1] & 0xff) << 2);
      return shifted(y * K2 ^ z * K0) * K2;
    }
    return K2;
  }

  private static long upTo32(byte[] s) {
    int length = s.length;
    long mul = K2 + length * 2L;
    long a = at(s, 0) * K1;
    long b = at(s, 8);
    long c = at(s, length - 8) * mul;
    long d = at(s, length - 16) * K2;
    return joined(rotate(a + b, 43) + rotate(c, 30) + d, a + rotate(b + K2, 18) + c, mul);
  }

  private static long upTo64(byte[] s) {
    int length = s.length;
    long mul = K2 + length * 2L;
    long a = at(s, 0) * K2;
    long b = at(s, 8);
    long c = at(s, length - 8) * mul;
    long d = at(s, length - 16) * K2;
    long y = rotate(a + b, 43) + rotate(c, 30) + d;
    long z = joined(y, a + rotate(b + K2, 18) + c, mul);
    long e = at(s, 16) * mul;
    long f = at(s, 24);
    long g = (y + at(s, length - 32)) * mul;
    long h = (z + at(s, length - 24)) * mul;
    return joined(rotate(e + f, 43) + rotate(g, 30) + h, e + rotate(f + a, 18) + g, mul);
  }

  private static long longer(byte[] s) {
    long x = 81;
    long y = 81 * K1 + 113;
    long z = shifted(y * K2 + 113) * K2;
    long[] v = new long[2];
    long[] w = new long[2];
    x = x * K2 + at(s, 0);
    int end = (s.length - 1) / 64 * 64;
    int i = 0;
    do {
      x = rotate(x + y + v[0] + at(s, i + 8), 37) * K1;
      y = rotate(y + v[1] + at(s, i + 48), 42) * K1;
      x ^= w[1];
      y += v[0] + at(s, i + 40);
      z = rotate(z + w[0], 33) * K1;
      weak(s, i, v[1] * K1, x + w[0], v);
      weak(s, i + 32, z + w[1], y + at(s, i + 16), w);
      long swapped = z;
      z = x;
      x = swapped;
      i += 64;
    } while (i != end);
    long mul = K1 + ((z & 0xff) << 1);
    i = end + ((s.length - 1) & 63) - 63;
    w[0] += (s.length - 1) & 63;
    v[0] += w[0];
    w[0] += v[0];
    x = rotate(x + y + v[0] + at(s, i + 8), 37) * mul;
    y = rotate(y + v[1] + at(s, i + 48), 42) * mul;
    x ^= w[1] * 9;
    y += v[0] * 9 + at(s, i + 40);
    z = rotate(z + w[0], 33) * mul;
    weak(s, i, v[1] * mul, x + w[0], v);
    weak(s, i + 32, z + w[1], y + at(s, i + 16), w);
    return joined(joined(v[0], w[0], mul) + shifted(y) * K0 + x, joined(v[1], w[1], mul) + z, mul);
  }

  /** A weak hash of 32 bytes with two seeds. */
  private static void weak(byte[] s, int i, long first, long second, long[] into) {
    long a = first + at(s, i);
    long b = rotate(second + a + at(s, i + 24), 21);
    long c = a;
    a += at(s, i + 8);
    a += at(s, i + 16);
    b += rotate(a, 44);
    into[0] = a + at(s, i + 24);
    into[1] = b + c;
  }

  private static long joined(long u, long v, long mul) {
    long a = (u ^ v) * mul;
    a ^= a >>> 47;
    long b = (v ^ a) * mul;
    b ^= b >>> 47;
    return b * mul;
  }

  private static long shifted(long value) {
    return value ^ value >>> 47;
  }

  private static long rotate(long value, int bits) {
    return Long.rotateRight(value, bits);
  }

  private static long at(byte[] s, int index) {
    return (long) LONGS.get(s, index);
  }

  private static long intAt(byte[] s, int index) {
    return Integer.toUnsignedLong((int) INTS.get(s, index));
  }

  /** SipHash-2-4 with a key of two numbers. */
  static long sip(byte[] s, long first, long second) {
    long[] v = {
      first ^ 0x736f6d6570736575L,
      second ^ 0x646f72616e646f6dL,
      first ^ 0x6c7967656e657261L,
      second ^ 0x7465646279746573L
    };
    int whole = s.length & ~7;
    for (int i = 0; i < whole; i += 8) {
      absorb(v, at(s, i));
    }
    long last = (long) s.length << 56;
    for (int i = whole; i < s.length; i++) {
      last |= (s[i] & 0xffL) << 8 * (i - whole);
    }
    absorb(v, last);
    v[2] ^= 0xff;
    for (int i = 0; i < 4; i++) {
      round(v);
    }
    return v[0] ^ v[1] ^ v[2] ^ v[3];
  }

  private static void absorb(long[] v, long word) {
    v[3] ^= word;
    round(v);
    round(v);
    v[0] ^= word;
  }

  private static void round(long[] v) {
    v[0] += v[1];
    v[1] = Long.rotateLeft(v[1], 13) ^ v[0];
    v[0] = Long.rotateLeft(v[0], 32);
    v[2] += v[3];
    v[3] = Long.rotateLeft(v[3], 16) ^ v[2];
    v[0] += v[3];
    v[3] = Long.rotateLeft(v[3], 21) ^ v[0];
    v[2] += v[1];
    v[1] = Long.rotateLeft(v[1], 17) ^ v[2];
    v[2] = Long.rotateLeft(v[2], 32);
  }
}
