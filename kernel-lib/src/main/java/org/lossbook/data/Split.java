package org.lossbook.data;

import java.util.ArrayList;
import java.util.List;
import tech.tablesaw.api.Table;

/**
 * A set of data in two parts: one to train on, and one that training never sees.
 *
 * @param name what it is, with its origin where that matters
 * @param train the part to train on
 * @param test the part to test with
 */
public record Split(String name, Dataset train, Dataset test) {
  static Split of(Dataset data, double fraction, long seed) {
    Dataset shuffled = data.shuffled(seed);
    int train = trainSize(data.size(), fraction);
    return new Split("split", shuffled.rows(0, train), shuffled.plain().rows(train, data.size()));
  }

  /** See {@link Dataset#kFold}. */
  static List<Split> kFold(Dataset data, int folds, long seed) {
    Dataset shuffled = data.shuffled(seed);
    List<Split> splits = new ArrayList<>();
    for (int[] test : Folds.bounds(data.size(), folds)) {
      splits.add(
          new Split(
              Folds.name(splits.size() + 1, folds),
              shuffled.rows(Folds.outside(test, data.size())),
              shuffled.plain().rows(test[0], test[1])));
    }
    return List.copyOf(splits);
  }

  /**
   * How many of {@code size} samples are for training.
   *
   * @throws IllegalArgumentException where one of the two parts would be empty
   */
  public static int trainSize(int size, double fraction) {
    int train = (int) Math.round(fraction * size);
    if (!(train > 0 && train < size)) { // NaN is no fraction either
      throw new IllegalArgumentException(
          "split expects a fraction that leaves samples on both sides but receives %s of %d samples: 0.8 trains on four of five."
              .formatted(fraction, size));
    }
    return train;
  }

  /** How the rows of a table became these samples. */
  public Preparation preparation() {
    return train
        .preparation()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "preparation expects a split of a table but receives %s: its samples were not prepared."
                        .formatted(name)));
  }

  /**
   * Raw rows of a table, prepared as those of {@link #train()} were: {@code
   * model.predict(data.prepare(newCars))}.
   *
   * @throws IllegalArgumentException where the rows do not fit: which column and which row
   */
  public Dataset prepare(Table rows) {
    return preparation().prepare(rows);
  }

  /** The name and a line for each part. */
  @Override
  public String toString() {
    return "%s%n  train: %s%n  test:  %s".formatted(name, train, test);
  }
}
