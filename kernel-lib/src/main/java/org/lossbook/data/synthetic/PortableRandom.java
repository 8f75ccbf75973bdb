package org.lossbook.data.synthetic;

import java.util.SplittableRandom;
import org.lossbook.data.Permutations;

/**
 * A random number generator with the same numbers on every machine and Java version: the algorithm
 * of {@code nextGaussian} may change, the Box–Muller transform does not.
 */
final class PortableRandom {
  private final SplittableRandom random;
  private double spare = Double.NaN;

  PortableRandom(long seed) {
    random = new SplittableRandom(seed);
  }

  /** An independent stream: drawing from it does not affect what this one draws. */
  PortableRandom split() {
    return new PortableRandom(random.nextLong());
  }

  /** A uniform number from {@code low} (inclusive) to {@code high} (exclusive). */
  double between(double low, double high) {
    return low + (random.nextLong() >>> 11) * 0x1p-53 * (high - low);
  }

  /** A standard normal number (Box and Muller, 1958). */
  double normal() {
    if (!Double.isNaN(spare)) {
      double second = spare;
      spare = Double.NaN;
      return second;
    }
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - between(0, 1)));
    double angle = between(0, 2 * StrictMath.PI);
    spare = radius * StrictMath.sin(angle);
    return radius * StrictMath.cos(angle);
  }

  /** A random permutation of 0 to {@code size − 1}. */
  int[] order(int size) {
    return Permutations.shuffled(size, random.nextLong());
  }
}
