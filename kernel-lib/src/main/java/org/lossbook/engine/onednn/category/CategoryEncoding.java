package org.lossbook.engine.onednn.category;

import java.util.Arrays;
import java.util.Locale;
import org.lossbook.Internal;
import org.lossbook.engine.Encoding;
import org.lossbook.engine.onednn.operation.GraphNode;

/**
 * Categories as rows with a number for each.
 *
 * @hidden
 */
@Internal
public final class CategoryEncoding extends Categorical {
  private final Encoding how;
  private final int categories;

  public CategoryEncoding(GraphNode x, Encoding how, int categories) {
    super(x);
    this.how = how;
    this.categories = categories;
  }

  @Override
  void compute(float[] sample, float[] into) {
    Arrays.fill(into, 0);
    int rows = into.length / categories;
    for (int i = 0; i < sample.length; i++) {
      int row = how == Encoding.ONE_HOT ? i : i % rows;
      int place = row * categories + category(sample[i]);
      into[place] = how == Encoding.COUNT ? into[place] + 1 : 1;
    }
  }

  private int category(float number) {
    int category = (int) number;
    if (category != number || category < 0 || category >= categories) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "categoryEncoding(%d) expects whole numbers from 0 to %d but receives %s: number the categories from 0, or take as many as there are.",
              categories,
              categories - 1,
              number));
    }
    return category;
  }
}
