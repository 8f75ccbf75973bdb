package org.lossbook.loss.sampled;

import java.util.BitSet;
import java.util.SplittableRandom;

/**
 * Draws different classes, each with the probability log((c + 2)/(c + 1))/log(classes + 1), as
 * those of words that are numbered by how often they occur (Zipf's law), or all alike. What is
 * drawn again is drawn anew, as in TensorFlow's {@code log_uniform_candidate_sampler}. Allocates
 * nothing once it is made.
 */
final class CandidateSampler {
  private static final long SEED = 1;

  private final int classes;
  private final boolean isUniform;
  private final double logClasses;
  private final BitSet met;
  private final SplittableRandom random = new SplittableRandom(SEED);
  private long tries = 1;

  CandidateSampler(int classes, boolean isUniform) {
    this.classes = classes;
    this.isUniform = isUniform;
    logClasses = Math.log1p(classes);
    met = new BitSet(classes);
  }

  /** Fills an array with different classes. */
  void draw(int[] into) {
    tries = 0;
    for (int k = 0; k < into.length; ) {
      int next = next();
      tries++;
      if (!met.get(next)) {
        met.set(next);
        into[k++] = next;
      }
    }
    for (int each : into) {
      met.clear(each);
    }
  }

  /** As if so many draws had given as many classes. */
  void assume(int draws) {
    tries = draws;
  }

  private int next() {
    if (isUniform) {
      return random.nextInt(classes);
    }
    int drawn = (int) Math.expm1(random.nextDouble() * logClasses);
    return Math.min(drawn, classes - 1);
  }

  /** How likely one draw gives a class. */
  double probability(int number) {
    return isUniform ? 1.0 / classes : Math.log1p(1.0 / (number + 1.0)) / logClasses;
  }

  /** How often a class is expected among those that were drawn: 1 − (1 − p)^tries. */
  double expected(int number) {
    return -Math.expm1(tries * Math.log1p(-probability(number)));
  }
}
