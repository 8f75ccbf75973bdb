package org.lossbook.data.view;

import java.util.random.RandomGenerator;
import org.lossbook.Internal;

/**
 * Random numbers that belong to a place: begun with the same seed, sample and purpose they are the
 * same, whatever was drawn before and on whichever thread (SplitMix64; Steele, Lea and Flood 2014).
 *
 * @hidden
 */
@Internal
public final class SampleRandom implements RandomGenerator {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private long state;

  /**
   * Begins again.
   *
   * @param purpose tells apart what is drawn for one sample
   */
  public void begin(long seed, int sample, int purpose) {
    state = mixed(mixed(seed) + ((long) purpose << 32 | sample));
  }

  /** A seed whose neighbours are far apart. */
  public static long mixed(long seed) {
    long z = seed + GOLDEN;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  @Override
  public long nextLong() {
    long z = state;
    state += GOLDEN;
    return mixed(z);
  }

  /** Evenly from {@code -most} to {@code most}. */
  public double within(double most) {
    return (2 * nextDouble() - 1) * most;
  }

  /** From the Beta distribution with both parameters {@code alpha}: half the time below a half. */
  public double beta(double alpha) {
    double one = gamma(alpha);
    double other = gamma(alpha);
    double sum = one + other;
    return sum > 0 ? one / sum : nextBoolean() ? 1 : 0; // both too small for a double: an end
  }

  /** Marsaglia and Tsang 2000, with their remark on alpha below 1. */
  private double gamma(double alpha) {
    double d = alpha + 2.0 / 3;
    double c = 1 / Math.sqrt(9 * d);
    while (true) {
      double x = nextGaussian();
      double v = 1 + c * x;
      v = v * v * v;
      if (v > 0 && StrictMath.log(nextDouble()) < x * x / 2 + d - d * v + d * StrictMath.log(v)) {
        return d * v * StrictMath.pow(nextDouble(), 1 / alpha);
      }
    }
  }
}
