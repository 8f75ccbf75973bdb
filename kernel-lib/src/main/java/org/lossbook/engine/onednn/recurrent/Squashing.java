package org.lossbook.engine.onednn.recurrent;

/**
 * Sigmoid and tanh of floats, to 3 units in the last place, in loops that the JIT compiles to
 * vector instructions. Both come from eˣ = 2ᵏ · eʳ, where k is x / ln 2 rounded.
 */
final class Squashing {
  private static final float LOG2_E = 1.442695f;

  /** ln 2 in two parts; the first ends in zero bits, so that an integer times it is exact. */
  private static final float LN2_HIGH = 0.693359375f;

  private static final float LN2_LOW = -2.1219444e-4f;

  /** Added to a number, it leaves the nearest integer in the last bits. */
  private static final float ROUND = 0x1.8p23f;

  /** Beyond it the power of e is no float any more. */
  private static final float MOST = 87;

  private Squashing() {}

  /** {@code a = 1 / (1 + e⁻ᵃ)} for so many numbers. */
  static void sigmoid(float[] a, int from, int count, float[] scratch) {
    for (int i = 0; i < count; i++) {
      float x = Math.max(-MOST, Math.min(MOST, -a[from + i]));
      a[from + i] = x;
      scratch[i] = x * LOG2_E + (ROUND + 126);
    }
    halfPowersOfTwo(scratch, count);
    for (int i = 0; i < count; i++) {
      float x = a[from + i];
      float half = scratch[i];
      a[from + i] = 1 / (1 + (2 * half + 2 * half * expm1NearZero(remainder(x))));
    }
  }

  /** {@code a = tanh a} for so many numbers, as d / (d + 2) with d = e²ᵃ − 1. */
  static void tanh(float[] a, int from, int count, float[] scratch) {
    for (int i = 0; i < count; i++) {
      float x = Math.max(-20, Math.min(20, 2 * a[from + i]));
      a[from + i] = x;
      scratch[i] = x * LOG2_E + (ROUND + 126);
    }
    halfPowersOfTwo(scratch, count);
    for (int i = 0; i < count; i++) {
      float power = 2 * scratch[i];
      float d = power * expm1NearZero(remainder(a[from + i])) + (power - 1);
      a[from + i] = d / (d + 2);
    }
  }

  /** 2ᵏ⁻¹, of which k + 126 stands in the last bits: they become the exponent. */
  private static void halfPowersOfTwo(float[] a, int count) {
    for (int i = 0; i < count; i++) {
      a[i] = Float.intBitsToFloat(Float.floatToRawIntBits(a[i]) << 23);
    }
  }

  private static float remainder(float x) {
    float k = (x * LOG2_E + ROUND) - ROUND;
    return (x - k * LN2_HIGH) - k * LN2_LOW;
  }

  /** Taylor's series to the 7th power, for numbers up to half of ln 2. */
  private static float expm1NearZero(float r) {
    float s = r * r;
    float odd = 1 + s * (1 / 6f + s * (1 / 120f + s * (1 / 5040f)));
    float even = 1 / 2f + s * (1 / 24f + s * (1 / 720f));
    return r * odd + s * even;
  }
}
