package org.lossbook.data.synthetic;

import java.util.SplittableRandom;
import org.lossbook.data.Permutations;

/**
 * Random numbers that are the same on every machine and with every Java: {@code nextGaussian} is
 * free to change, Box and Muller's formula is not.
 */
final class PortableRandom {
  private final SplittableRandom random;
  private double spare = Double.NaN;

  PortableRandom(long seed) {
    random = new SplittableRandom(seed);
  }

  /** Another stream, so that what is drawn from it moves nothing that is drawn from this one. */
  PortableRandom other() {
    return new PortableRandom(random.nextLong());
  }

  /** From {@code low} up to, but without, {@code high}. */
  double between(double low, double high) {
    return low + (random.nextLong() >>> 11) * 0x1p-53 * (high - low);
  }

  /** Normal with mean 0 and variance 1 (Box and Muller, 1958). */
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

  /** An order of so many rows. */
  int[] order(int size) {
    return Permutations.shuffled(size, random.nextLong());
  }
}
