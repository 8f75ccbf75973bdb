package org.lossbook.engine.onednn.recurrent;

/**
 * Sigmoid and tanh of floats, to some units in the last place. The JIT compiles loops to vector
 * instructions that write one array, from its first number on, and call nothing.
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

  /**
   * {@code a = 1 / (1 + e⁻ᵃ)}, where e⁻ᵃ = 2ᵏ · eʳ and k is −a / ln 2 rounded.
   *
   * @param scratch as long, at least
   */
  static void sigmoid(float[] a, float[] scratch) {
    int n = a.length;
    for (int i = 0; i < n; i++) {
      a[i] = Math.max(-MOST, Math.min(MOST, -a[i]));
    }
    for (int i = 0; i < n; i++) {
      scratch[i] = a[i] * LOG2_E + (ROUND + 126);
    }
    // 2ᵏ⁻¹, of which k + 126 stands in the last bits: they become the exponent.
    for (int i = 0; i < n; i++) {
      scratch[i] = Float.intBitsToFloat(Float.floatToRawIntBits(scratch[i]) << 23);
    }
    for (int i = 0; i < n; i++) {
      float x = a[i];
      float k = (x * LOG2_E + ROUND) - ROUND;
      float r = (x - k * LN2_HIGH) - k * LN2_LOW;
      float s = r * r;
      float odd = 1 + s * (1 / 6f + s * (1 / 120f + s * (1 / 5040f)));
      float even = 1 / 2f + s * (1 / 24f + s * (1 / 720f));
      a[i] = 1 / (1 + 2 * scratch[i] * (1 + (r * odd + s * even)));
    }
  }

  /**
   * {@code a = tanh a}, as x · p(x²) / q(x²) with polynomials fitted so that the relative error is
   * least for numbers up to 9, beyond which tanh is 1; rounding must not exceed that.
   */
  static void tanh(float[] a) {
    int n = a.length;
    for (int i = 0; i < n; i++) {
      a[i] = Math.max(-9, Math.min(9, a[i]));
    }
    for (int i = 0; i < n; i++) {
      float x = a[i];
      float s = x * x;
      float p = 2.8031289e-5f + s * (3.0642474e-8f + s * -1.2246206e-11f);
      p = 1 + s * (0.13680856f + s * (0.003869507f + s * p));
      float q = 3.9407115e-4f + s * 1.2890335e-6f;
      q = 1 + s * (0.47014188f + s * (0.027250153f + s * q));
      a[i] = Math.max(-1, Math.min(1, x * p / q));
    }
  }
}
