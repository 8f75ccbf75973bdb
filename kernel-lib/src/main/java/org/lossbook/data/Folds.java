package org.lossbook.data;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.lossbook.Internal;
import org.lossbook.base.Messages;
import org.lossbook.data.view.Descriptions;

/**
 * Fold boundaries of a k-fold cross-validation.
 *
 * @hidden
 */
@Internal
public final class Folds {
  private Folds() {}

  /** The name of a fold: {@code fold 1 of 5}. */
  public static String name(int number, int folds) {
    return Messages.of("fold %d of %d", number, folds);
  }

  /**
   * The start and end of each fold: as in scikit-learn, the first folds are larger by one if {@code
   * size} is not divisible.
   *
   * @throws IllegalArgumentException if a fold would be empty
   */
  public static List<int[]> bounds(int size, int folds) {
    if (folds < 2 || folds > size) {
      throw Messages.wrong(
          "kFold expects 2 folds to as many as there are samples, %s, but receives %d: 5 is a common choice.",
          Descriptions.count(size), folds);
    }
    List<int[]> all = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < folds; i++) {
      int to = from + size / folds + (i < size % folds ? 1 : 0);
      all.add(new int[] {from, to});
      from = to;
    }
    return all;
  }

  /** The positions outside a fold. */
  public static int[] outside(int[] fold, int size) {
    return IntStream.range(0, size).filter(i -> i < fold[0] || i >= fold[1]).toArray();
  }
}
