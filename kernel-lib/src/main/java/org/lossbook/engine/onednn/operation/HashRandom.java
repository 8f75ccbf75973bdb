package org.lossbook.engine.onednn.operation;

import java.util.random.RandomGenerator;
import org.lossbook.Internal;

/**
 * A counter-based random generator for one forward pass at one place of a graph: it hashes both
 * with the seed, so its numbers do not depend on the number of threads or on earlier draws.
 *
 * @hidden
 */
@Internal
public final class HashRandom implements RandomGenerator {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private long state;

  void begin(long seed, long run, int place) {
    state = mixed(seed + GOLDEN * (run * 1024 + place + 1));
  }

  @Override
  public long nextLong() {
    state += GOLDEN;
    return mixed(state);
  }

  /** Whether number {@code i} is dropped, independently of the order of calls. */
  public boolean drops(int i, int threshold) {
    int h = (int) state + i * 0x9E3779B9;
    h = (h ^ (h >>> 16)) * 0x85EBCA6B;
    h = (h ^ (h >>> 13)) * 0xC2B2AE35;
    h ^= h >>> 16;
    return (h >>> 8) < threshold;
  }

  /** The threshold for the upper 24 bits of the hash, below which a number is dropped. */
  public static int threshold(double rate) {
    return (int) Math.round(rate * (1 << 24));
  }

  private static long mixed(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
