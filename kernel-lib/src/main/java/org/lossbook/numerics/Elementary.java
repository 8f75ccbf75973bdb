package org.lossbook.numerics;

import org.lossbook.Internal;

/**
 * Exponential, tanh, sigmoid and logarithm over arrays.
 *
 * <p>{@code Math.exp} works on one number at a time. These are short loops without branches or
 * calls, which the JIT compiles to vector instructions. Errors are at most 4 units in the last
 * place; NaN is propagated, and ±∞ gives the limit; powers of e below 2⁻¹⁰²¹, about e⁻⁷⁰⁸, are 0.
 *
 * @hidden
 */
@Internal
public final class Elementary {
  private static final double LOG2_E = 1.4426950408889634;

  /** ln 2 in two parts; the first ends in zero bits, so that an integer times it is exact. */
  private static final double LN2_HIGH = 0x1.62e42feep-1;

  private static final double LN2_LOW = 0x1.a39ef35793c76p-33;

  /** Added to a number, it leaves the nearest integer in the last bits. */
  private static final double ROUND = 0x1.8p52;

  private Elementary() {}

  /** {@code out = eᵃ}. */
  public static void exp(double[] a, double[] scratch, double[] out, int n) {
    for (int i = 0; i < n; i++) {
      out[i] = Math.max(-708.39, Math.min(710.4, a[i]));
    }
    expBetween(out, scratch, n);
  }

  /** {@code out = e⁻|ᵃ|}: used by the stable forms of sigmoid and softplus. */
  public static void decay(double[] a, double[] scratch, double[] out, int n) {
    for (int i = 0; i < n; i++) {
      out[i] = Math.max(-708.39, -Math.abs(a[i]));
    }
    expBetween(out, scratch, n);
  }

  private static void expBetween(double[] x, double[] scratch, int n) {
    halfPowersOfTwo(x, scratch, n);
    remainders(x, n);
    for (int i = 0; i < n; i++) {
      x[i] = 2 * (1 + expm1NearZero(x[i])) * scratch[i];
    }
  }

  /** {@code out = tanh a}, from e²ᵃ − 1, which is accurate near 0. */
  public static void tanh(double[] a, double[] scratch, double[] out, int n) {
    for (int i = 0; i < n; i++) {
      out[i] = 2 * Math.max(-20, Math.min(20, a[i]));
    }
    expm1Between(out, scratch, n);
    for (int i = 0; i < n; i++) {
      out[i] = out[i] / (out[i] + 2);
    }
  }

  /** {@code out = eᵃ − 1} for a ≤ 0, accurate near 0; positive numbers count as 0. */
  public static void expm1OfNegative(double[] a, double[] scratch, double[] out, int n) {
    for (int i = 0; i < n; i++) {
      out[i] = Math.max(-40, Math.min(0, a[i]));
    }
    expm1Between(out, scratch, n);
  }

  /** {@code out = eᵃ − 1}, accurate near 0. */
  public static void expm1(double[] a, double[] scratch, double[] out, int n) {
    for (int i = 0; i < n; i++) {
      out[i] = Math.max(-40, Math.min(710.4, a[i]));
    }
    expm1Between(out, scratch, n);
  }

  private static void expm1Between(double[] x, double[] scratch, int n) {
    halfPowersOfTwo(x, scratch, n);
    remainders(x, n);
    for (int i = 0; i < n; i++) {
      x[i] = expm1NearZero(x[i]);
    }
    for (int i = 0; i < n; i++) {
      double power = 2 * scratch[i];
      x[i] = power * x[i] + (power - 1);
    }
  }

  /**
   * {@code out = σ(x)}, where {@code decay} is e⁻|ˣ|: 1/(1 + decay) for x ≥ 0, else decay/(1 +
   * decay).
   */
  public static void sigmoid(double[] x, double[] decay, double[] out, int n) {
    for (int i = 0; i < n; i++) {
      out[i] = Math.max(0, Math.min(1, x[i] * 1e200 * 1e200)); // 1 if x is above 0
    }
    for (int i = 0; i < n; i++) {
      out[i] = Math.max(decay[i], out[i]) / (1 + decay[i]);
    }
  }

  /**
   * {@code out = σ(x) − y} as (1 − y) σ(x) − y σ(−x), where {@code decay} is e⁻|ˣ|: for y = 1 this
   * is exactly −σ(−x), without cancellation.
   */
  public static void sigmoidLess(double[] x, double[] decay, double[] y, double[] out, int n) {
    for (int i = 0; i < n; i++) {
      double above = Math.max(0, Math.min(1, x[i] * 1e200 * 1e200)); // 1 if x is above 0
      double below = y[i] * Math.max(decay[i], 1 - above);
      out[i] = ((1 - y[i]) * Math.max(decay[i], above) - below) / (1 + decay[i]);
    }
  }

  /** {@code out = log(1 + a)} for a from 0 to 1: twice the inverse tanh of a/(2 + a). */
  public static void log1pOfFraction(double[] a, double[] out, int n) {
    for (int i = 0; i < n; i++) {
      out[i] = a[i] / (2 + a[i]);
    }
    for (int i = 0; i < n; i++) {
      double x = out[i];
      double square = x * x;
      out[i] = 2 * x + 2 * x * square * atanhTail(square);
    }
  }

  /** {@code out = log(1 + a)}: the logarithm of the rounded sum, corrected for the rounding. */
  public static void log1p(double[] a, double[] out, int n) {
    for (int i = 0; i < n; i++) {
      double sum = 1 + a[i];
      double lost = Math.abs(a[i]) < 1e16 ? a[i] - (sum - 1) : 0;
      out[i] = Math.log(sum) + lost / Math.max(sum, Double.MIN_NORMAL);
    }
  }

  /** {@code out = 2ᵏ⁻¹}, where k is x/ln 2 rounded: its bits become the exponent. */
  private static void halfPowersOfTwo(double[] x, double[] out, int n) {
    for (int i = 0; i < n; i++) {
      out[i] = x[i] * LOG2_E + (ROUND + 1022);
    }
    for (int i = 0; i < n; i++) {
      out[i] = Double.longBitsToDouble(Double.doubleToRawLongBits(out[i]) << 52);
    }
  }

  /** {@code x = x − k ln 2}, the remainder, at most half of ln 2. */
  private static void remainders(double[] x, int n) {
    for (int i = 0; i < n; i++) {
      double k = (x[i] * LOG2_E + ROUND) - ROUND;
      x[i] = (x[i] - k * LN2_HIGH) - k * LN2_LOW;
    }
  }

  /**
   * Taylor's series to the 13th power; odd and even powers separately, so that two chains run in
   * parallel.
   */
  private static double expm1NearZero(double r) {
    double s = r * r;
    double odd = 1 / 39916800.0 + s * (1 / 6227020800.0);
    odd = 1 / 5040.0 + s * (1 / 362880.0 + s * odd);
    odd = 1 + s * (1 / 6.0 + s * (1 / 120.0 + s * odd));
    double even = 1 / 3628800.0 + s * (1 / 479001600.0);
    even = 1 / 24.0 + s * (1 / 720.0 + s * (1 / 40320.0 + s * even));
    even = 1 / 2.0 + s * even;
    return r * odd + s * even;
  }

  /**
   * {@code (atanh(x)/x − 1)/x²} as a function of {@code s = x²}, for s from 0 to 1/9: the
   * polynomial through ten Chebyshev nodes, close to 1/3 + s/5 + s²/7 + …
   */
  private static double atanhTail(double s) {
    double q = s * s;
    double odd = 0.06000536404795356 + q * 0.08082022805971766;
    odd = 0.11111111358713932 + q * (0.07692785032479312 + q * odd);
    odd = 0.20000000000007292 + q * odd;
    double even = 0.06657072104832468 + q * 0.04400369243072337;
    even = 0.1428571428355438 + q * (0.09090894718066429 + q * even);
    even = 0.3333333333333333 + q * even;
    return even + s * odd;
  }

  /**
   * The sign without a branch, which would be mispredicted half the time on random data: even the
   * smallest number times 10⁴⁰⁰ exceeds one.
   */
  public static double sign(double x) {
    return Math.max(-1, Math.min(1, x * 1e200 * 1e200));
  }
}
