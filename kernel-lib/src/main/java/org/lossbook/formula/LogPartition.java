package org.lossbook.formula;

/**
 * The log-partition function of Barron's loss \(\rho\) with scale 1: the logarithm of \(Z(\alpha) =
 * \int e^{-\rho(x, \alpha)} dx\), which normalizes \(e^{-\rho}\) to a probability density; infinite
 * for α below 0, where the loss is bounded.
 *
 * <p>With \(x = \sqrt{|\alpha - 2|} \sinh u\) the loss is \(\frac{|\alpha - 2|}{\alpha}
 * (\cosh^\alpha u - 1)\), smooth for every α, and the trapezoidal rule over u is exact to a dozen
 * digits.
 */
final class LogPartition {
  private static final double LN_2 = Math.log(2);

  static final String VALUE_IN_JAVASCRIPT =
      """
      (a => { const b = Math.abs(a - 2); if (b < 1e-12) return Math.log(2 * Math.PI) / 2; \
      const h = a > 2 ? 0.25 / a : 0.125; let sum = 0.5; for (let u = h; ; u += h) { \
      const l = u + Math.log1p(Math.exp(-2 * u)) - Math.LN2; \
      const t = Math.exp(l - (a === 0 ? b * l : b / a * Math.expm1(a * l))); sum += t; \
      if (!(t > 1e-17 * sum)) return Math.log(2 * h * sum) + Math.log(b) / 2; } })(#a)""";

  static final String DERIVATIVE_IN_JAVASCRIPT =
      """
      (a => { const b = Math.max(Math.abs(a - 2), 1e-6), s = a < 2 ? -1 : 1; \
      const h = a > 2 ? 0.25 / a : 0.125; let sum = 0.5, slopes = s / (4 * b); \
      for (let u = h; ; u += h) { \
      const l = u + Math.log1p(Math.exp(-2 * u)) - Math.LN2, y = a * l; \
      const t = Math.exp(l - (a === 0 ? b * l : b / a * Math.expm1(y))); \
      const psi = y === 0 ? 1 : Math.expm1(y) / y; const phi = y < 0.01 ? \
      0.5 + y / 3 + y * y / 8 + y * y * y / 30 : (y * Math.exp(y) - Math.expm1(y)) / (y * y); \
      sum += t; slopes += t === 0 ? 0 : t * (s / (2 * b) - s * l * psi - b * l * l * phi); \
      if (!(t > 1e-17 * sum)) return slopes / sum; } })(#a)""";

  private LogPartition() {}

  static double value(double alpha) {
    double b = Math.abs(alpha - 2);
    if (b < 1e-12) {
      return Math.log(2 * Math.PI) / 2; // the normal distribution's
    }
    double step = step(alpha);
    double sum = 0.5;
    double term = 1;
    for (double u = step; term > 1e-17 * sum; u += step) {
      term = term(alpha, b, logCosh(u));
      sum += term;
    }
    return Math.log(2 * step * sum) + Math.log(b) / 2;
  }

  /** The derivative of {@link #value}; it is infinite at 2, where this is its value close by. */
  static double derivative(double alpha) {
    double b = Math.max(Math.abs(alpha - 2), 1e-6);
    double sign = alpha < 2 ? -1 : 1;
    double step = step(alpha);
    double sum = 0.5;
    double slopes = 0.5 * sign / (2 * b);
    double term = 1;
    for (double u = step; term > 1e-17 * sum; u += step) {
      double l = logCosh(u);
      term = term(alpha, b, l);
      sum += term;
      if (term > 0) {
        double y = alpha * l;
        slopes += term * (sign / (2 * b) - sign * l * psi(y) - b * l * l * phi(y));
      }
    }
    return slopes / sum;
  }

  /** The step of the trapezoidal rule: finer where the density's tails are steeper. */
  private static double step(double alpha) {
    return alpha > 2 ? 0.25 / alpha : 0.125;
  }

  /** {@code cosh(u)·exp(−b/α·(cosh(u)^α − 1))} by the logarithm of cosh u. */
  private static double term(double alpha, double b, double logCosh) {
    double loss = alpha == 0 ? b * logCosh : b / alpha * Math.expm1(alpha * logCosh);
    return Math.exp(logCosh - loss);
  }

  private static double logCosh(double u) {
    return u + Math.log1p(Math.exp(-2 * u)) - LN_2;
  }

  private static double psi(double y) {
    return y == 0 ? 1 : Math.expm1(y) / y;
  }

  /** {@code (y·e^y − e^y + 1)/y²}, by its series where that would cancel. */
  private static double phi(double y) {
    return y < 0.01
        ? 0.5 + y / 3 + y * y / 8 + y * y * y / 30
        : (y * Math.exp(y) - Math.expm1(y)) / (y * y);
  }
}
