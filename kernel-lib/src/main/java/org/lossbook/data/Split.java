package org.lossbook.data;

import java.util.ArrayList;
import java.util.List;
import org.lossbook.base.Messages;
import tech.tablesaw.api.Table;

/**
 * A split of a dataset into training and test data.
 *
 * @param name the name of the dataset, with its origin if that matters
 * @param train the training data
 * @param test the test data, which training never sees
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
   * The number of training samples among {@code size}.
   *
   * @throws IllegalArgumentException if one of the two parts would be empty
   */
  public static int trainSize(int size, double fraction) {
    int train = (int) Math.round(fraction * size);
    if (!(train > 0 && train < size)) { // also refuses NaN
      throw Messages.wrong(
          "split expects a fraction that leaves samples on both sides but receives %s of %d samples: 0.8 trains on four of five.",
          fraction, size);
    }
    return train;
  }

  /** The preprocessing that turned the rows of a table into these samples. */
  public Preparation preparation() {
    return train
        .preparation()
        .orElseThrow(
            () ->
                Messages.wrong(
                    "preparation expects a split of a table but receives %s: its samples were not prepared.",
                    name));
  }

  /**
   * Applies the preprocessing of {@link #train()} to raw rows: {@code
   * model.predict(data.prepare(newCars))}.
   *
   * @throws IllegalArgumentException if the rows do not fit; the message names the column and row
   */
  public Dataset prepare(Table rows) {
    return preparation().prepare(rows);
  }

  /** The name, and a line for each part. */
  @Override
  public String toString() {
    return Messages.of("%s%n  train: %s%n  test:  %s", name, train, test);
  }
}
