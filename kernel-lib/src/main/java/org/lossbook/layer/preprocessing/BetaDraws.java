package org.lossbook.layer.preprocessing;

import java.util.random.RandomGenerator;

/** Shares drawn from Beta(α, α), and from Dirichlet(α, …, α), also for α near 0. */
final class BetaDraws {
  private BetaDraws() {}

  /** A share from 0 to 1, ½ in the mean. */
  static double beta(double alpha, RandomGenerator random) {
    double first = logOfGamma(alpha, random);
    return 1 / (1 + Math.exp(logOfGamma(alpha, random) - first));
  }

  /** Shares whose sum is 1. */
  static void dirichlet(double alpha, double[] shares, RandomGenerator random) {
    double most = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < shares.length; i++) {
      shares[i] = logOfGamma(alpha, random);
      most = Math.max(most, shares[i]);
    }
    double sum = 0;
    for (int i = 0; i < shares.length; i++) {
      shares[i] = Math.exp(shares[i] - most);
      sum += shares[i];
    }
    for (int i = 0; i < shares.length; i++) {
      shares[i] /= sum;
    }
  }

  /** Marsaglia and Tsang 2000, of α + 1, times u^(1/α): as a logarithm, as it may be tiny. */
  private static double logOfGamma(double alpha, RandomGenerator random) {
    double d = alpha + 1 - 1 / 3.0;
    double c = 1 / Math.sqrt(9 * d);
    while (true) {
      double x = random.nextGaussian();
      double v = Math.pow(1 + c * x, 3);
      if (v > 0 && Math.log(1 - random.nextDouble()) < x * x / 2 + d - d * v + d * Math.log(v)) {
        return Math.log(d * v) + Math.log(1 - random.nextDouble()) / alpha;
      }
    }
  }
}
