package org.lossbook.data.view;

import java.util.random.RandomGenerator;
import org.lossbook.Internal;

/**
 * A random number generator keyed by seed, sample and purpose: the same key gives the same numbers,
 * whatever was drawn before and on any thread (SplitMix64; Steele, Lea and Flood 2014).
 *
 * @hidden
 */
@Internal
public final class SampleRandom implements RandomGenerator {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private long state;

  /**
   * Restarts with a key.
   *
   * @param purpose distinguishes independent draws for one sample
   */
  public void begin(long seed, int sample, int purpose) {
    state = mixed(mixed(seed) + ((long) purpose << 32 | sample));
  }

  /** Mixes the bits of a seed (the SplitMix64 finalizer). */
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

  /** A uniform number from {@code -most} to {@code most}. */
  public double within(double most) {
    return (2 * nextDouble() - 1) * most;
  }

  /** A number from the symmetric distribution Beta({@code alpha}, {@code alpha}). */
  public double beta(double alpha) {
    double one = gamma(alpha);
    double other = gamma(alpha);
    double sum = one + other;
    return sum > 0 ? one / sum : nextBoolean() ? 1 : 0; // both underflowed: 0 or 1
  }

  /**
   * A number from the gamma distribution (Marsaglia and Tsang 2000, with their remark on alpha
   * below 1).
   */
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
