package org.lossbook.data.table;

import java.util.List;
import org.lossbook.data.view.Descriptions;
import tech.tablesaw.columns.Column;

/** One column of a table as features, as it was learnt from the rows trained on. */
sealed interface Encoder permits NumberEncoder, CategoryEncoder {
  /** The column that it reads. */
  String column();

  /** The features that it writes, by name. */
  List<String> names();

  /** Refuses a column of another kind than in training. */
  void check(String who, Column<?> column);

  /**
   * Writes a row's features.
   *
   * @param who asks, for the error: {@code table}, {@code prepare}
   * @param into the place {@code at} and those after it
   */
  void encode(String who, Column<?> column, int row, float[] into, int at);

  /** A line for each feature: name, kind, mean, standard deviation, least, greatest, encoding. */
  List<List<String>> described();

  /** What was done where a value was missing in training. */
  List<String> notes();

  /** The beginning of such a note; what was filled in comes after it. */
  static String note(String column, int missing, int rows, Imputation fill) {
    return "%s: %s of %s rows have none and get %s, "
        .formatted(column, Descriptions.count(missing), Descriptions.count(rows), fill);
  }
}
