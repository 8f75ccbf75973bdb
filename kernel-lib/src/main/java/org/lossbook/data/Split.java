package org.lossbook.data;

/**
 * A set of data in two parts: one to train on, and one that training never sees.
 *
 * @param name what it is, with its origin where that matters
 * @param train the part to train on
 * @param test the part to test with
 */
public record Split(String name, Dataset train, Dataset test) {
  static Split of(Dataset data, double fraction, long seed) {
    int size = data.size();
    int train = (int) Math.round(fraction * size);
    if (!(train > 0 && train < size)) { // NaN is no fraction either
      throw new IllegalArgumentException(
          "split expects a fraction that leaves samples on both sides but receives %s of %d samples: 0.8 trains on four of five."
              .formatted(fraction, size));
    }
    Dataset shuffled = data.shuffled(seed);
    return new Split("split", shuffled.rows(0, train), shuffled.rows(train, size));
  }

  /** The name and a line for each part. */
  @Override
  public String toString() {
    return "%s%n  train: %s%n  test:  %s".formatted(name, train, test);
  }
}
