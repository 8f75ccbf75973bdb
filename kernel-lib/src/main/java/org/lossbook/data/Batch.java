package org.lossbook.data;

import java.util.Iterator;
import java.util.stream.IntStream;

/**
 * Some samples and their targets, for one training step.
 *
 * @param x the samples, {@code [n, …sampleShape]}
 * @param y their targets, {@code [n, …targetShape]}
 */
public record Batch(View x, View y) {
  /** The number of samples. */
  public int size() {
    return x.size();
  }

  static Iterable<Batch> of(Dataset data, int size) {
    if (size < 1) {
      throw new IllegalArgumentException(
          "batches expects a size of 1 or more but receives %d: 32 is a good first choice."
              .formatted(size));
    }
    int all = data.size();
    return () -> iterator(data, size, all);
  }

  private static Iterator<Batch> iterator(Dataset data, int size, int all) {
    View x = data.x();
    View y = data.y();
    return IntStream.iterate(0, from -> from < all, from -> from + size)
        .mapToObj(
            from -> {
              int to = Math.min(all, from + size);
              return new Batch(x.rows(from, to), y.rows(from, to));
            })
        .iterator();
  }
}
