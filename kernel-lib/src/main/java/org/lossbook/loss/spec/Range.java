package org.lossbook.loss.spec;

/**
 * The numbers strictly between two bounds, as an optimizer sees them: it moves a free number, any
 * at all, and what comes of it never leaves the bounds. Without bounds it is the number itself;
 * with one, the distance from it is softplus of the free number; between two, a sigmoid.
 *
 * @param low the greatest number that is too small
 * @param high the smallest number that is too great
 */
public record Range(double low, double high) {
  /** The number that belongs to a free one. */
  public double value(double free) {
    if (low == Double.NEGATIVE_INFINITY) {
      return high == Double.POSITIVE_INFINITY ? free : high - softplus(free);
    }
    return high == Double.POSITIVE_INFINITY
        ? low + softplus(free)
        : low + (high - low) * sigmoid(free);
  }

  /** The free number that belongs to one within the bounds. */
  public double free(double value) {
    if (low == Double.NEGATIVE_INFINITY) {
      return high == Double.POSITIVE_INFINITY ? value : unsoftplus(high - value);
    }
    return high == Double.POSITIVE_INFINITY
        ? unsoftplus(value - low)
        : Math.log((value - low) / (high - value));
  }

  /** How fast {@link #value} grows with the free number. */
  public double slope(double free) {
    if (low == Double.NEGATIVE_INFINITY) {
      return high == Double.POSITIVE_INFINITY ? 1 : -sigmoid(free);
    }
    double sigmoid = sigmoid(free);
    return high == Double.POSITIVE_INFINITY ? sigmoid : (high - low) * sigmoid * sigmoid(-free);
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  private static double softplus(double x) {
    return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  }

  private static double unsoftplus(double x) {
    return x + Math.log(-Math.expm1(-x));
  }
}
