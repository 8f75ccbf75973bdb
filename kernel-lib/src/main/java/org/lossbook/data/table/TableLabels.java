package org.lossbook.data.table;

import java.util.List;
import org.lossbook.data.Dataset;

/** Whether numbers are labels, by the rule that arrays follow. */
final class TableLabels {
  private TableLabels() {}

  /** {@code 0} to {@code k−1} where these are labels of k classes; empty where they are not. */
  static List<String> names(float[] y) {
    return Dataset.of(y, y).classNames();
  }
}
