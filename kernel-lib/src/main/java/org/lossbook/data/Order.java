package org.lossbook.data;

import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Orders of samples. */
public final class Order {
  private Order() {}

  /** The numbers 0 to {@code size − 1} as this seed shuffles them (Fisher and Yates). */
  public static int[] shuffled(int size, long seed) {
    int[] order = IntStream.range(0, size).toArray();
    var random = new SplittableRandom(seed);
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int kept = order[i];
      order[i] = order[j];
      order[j] = kept;
    }
    return order;
  }
}
