package org.lossbook.numerics;

import org.lossbook.Internal;

/**
 * The standard normal distribution, over arrays.
 *
 * @hidden
 */
@Internal
public final class Normal {
  private static final double ROOT_OF_TWO_PI = Math.sqrt(2 * Math.PI);

  private Normal() {}

  /** {@code out = e⁻ˣˣᐟ²}, the unnormalized density of x, which {@link #distribution} takes. */
  public static void bell(double[] x, double[] scratch, double[] out, int n) {
    for (int i = 0; i < n; i++) {
      out[i] = -0.5 * (x[i] * x[i]);
    }
    Elementary.exp(out, scratch, out, n);
  }

  /** The density of a {@link #bell} value. */
  public static double density(double bell) {
    return bell / ROOT_OF_TWO_PI;
  }

  /**
   * {@code out = Φ(x)}, the cumulative distribution, where {@code bell} is that of x. The lower
   * tail is accurate: it is computed directly, not as a difference from one.
   */
  public static void distribution(
      double[] x, double[] bell, double[] scratch, double[] out, int n) {
    for (int i = 0; i < n; i++) {
      out[i] = 4 / (4 + Math.abs(x[i]));
    }
    // In two loops, because one loop would be too long for the JIT to vectorize.
    for (int i = 0; i < n; i++) {
      scratch[i] = oddPowers(2.5 * out[i] - 1.5);
    }
    for (int i = 0; i < n; i++) {
      double ofBell = scratch[i] + evenPowers(2.5 * out[i] - 1.5);
      out[i] = bell[i] * (out[i] * ofBell);
    }
    for (int i = 0; i < n; i++) {
      double above = Math.max(0, Math.min(1, x[i] * 1e200 * 1e200)); // 1 if x is above 0
      out[i] = above + (1 - 2 * above) * out[i];
    }
  }

  /**
   * With {@link #evenPowers} the polynomial in s = 2.5 t − 1.5 for (1 − Φ(|x|)) eˣˣᐟ² / t, where t
   * = 4/(4 + |x|): through twenty Chebyshev nodes, accurate to 2·10⁻¹⁶ for |x| up to 16, where the
   * bell is below 10⁻⁵⁵.
   */
  private static double oddPowers(double s) {
    double q = s * s;
    double odd = -4.6408374032729156e-10 + q * 5.2068251751250686e-11;
    odd = 1.9794545371992373e-8 + q * (1.1029294543169002e-9 + q * odd);
    odd = 5.27848088659369e-6 + q * (-3.984239941925706e-7 + q * odd);
    odd = 1.7201810736260475e-4 + q * (-5.789660143075673e-5 + q * odd);
    odd = 0.15742396888923513 + q * (0.030362973595464082 + q * odd);
    return s * odd;
  }

  private static double evenPowers(double s) {
    double q = s * s;
    double even = 2.1142799688383753e-9 + q * -1.2924213077756212e-10;
    even = 1.9054813826255506e-7 + q * (-2.1633901642672916e-8 + q * even);
    even = 2.106800385276051e-5 + q * (-1.7612301906834637e-6 + q * even);
    even = 0.00669863940770979 + q * (-3.5808008771101406e-4 + q * even);
    return 0.22348523349194432 + q * (0.08224876498213755 + q * even);
  }
}
