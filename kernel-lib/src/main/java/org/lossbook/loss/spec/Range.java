package org.lossbook.loss.spec;

/**
 * Open interval, and its reparametrization for an optimizer: the optimizer moves an unconstrained
 * number, and the value that belongs to it never leaves the interval. Without bounds it is the
 * number itself; with one, the distance from it is softplus of that number; between two, a sigmoid.
 *
 * @param low exclusive lower bound
 * @param high exclusive upper bound
 */
public record Range(double low, double high) {
  /** The value that belongs to an unconstrained number. */
  public double value(double free) {
    if (low == Double.NEGATIVE_INFINITY) {
      return high == Double.POSITIVE_INFINITY ? free : high - softplus(free);
    }
    return high == Double.POSITIVE_INFINITY
        ? low + softplus(free)
        : low + (high - low) * sigmoid(free);
  }

  /** The unconstrained number that belongs to a value within the bounds. */
  public double free(double value) {
    if (low == Double.NEGATIVE_INFINITY) {
      return high == Double.POSITIVE_INFINITY ? value : inverseSoftplus(high - value);
    }
    return high == Double.POSITIVE_INFINITY
        ? inverseSoftplus(value - low)
        : Math.log((value - low) / (high - value));
  }

  /** The derivative of {@link #value} with respect to the unconstrained number. */
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

  private static double inverseSoftplus(double x) {
    return x + Math.log(-Math.expm1(-x));
  }
}
