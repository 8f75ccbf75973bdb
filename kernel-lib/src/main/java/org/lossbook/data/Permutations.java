package org.lossbook.data;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.lossbook.Internal;

/**
 * Random permutations, for shuffling samples.
 *
 * @hidden
 */
@Internal
public final class Permutations {
  private Permutations() {}

  /** A random permutation of 0 to {@code size − 1} (Fisher–Yates). */
  public static int[] shuffled(int size, long seed) {
    int[] order = new int[size];
    shuffle(order, new SplittableRandom(seed));
    return order;
  }

  /**
   * Fills {@code order} with a random permutation of 0 to {@code length − 1}; its previous content
   * is ignored.
   */
  public static void shuffle(int[] order, SplittableRandom random) {
    Arrays.setAll(order, i -> i);
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int kept = order[i];
      order[i] = order[j];
      order[j] = kept;
    }
  }
}
