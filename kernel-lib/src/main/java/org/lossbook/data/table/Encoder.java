package org.lossbook.data.table;

import java.util.List;
import org.lossbook.base.Messages;
import org.lossbook.data.view.Descriptions;
import tech.tablesaw.columns.Column;

/** An encoder of a table column as features, fitted on the training rows. */
sealed interface Encoder permits NumberEncoder, CategoryEncoder, TextEncoder {
  /** The name of the column. */
  String column();

  /** The names of the features. */
  List<String> names();

  /** Refuses a column of another type than in training. */
  void check(String who, Column<?> column);

  /**
   * Encodes the features of a row.
   *
   * @param who the caller's name, for error messages: {@code table}, {@code prepare}
   * @param into receives the features, starting at {@code at}
   */
  void encode(String who, Column<?> column, int row, float[] into, int at);

  /** A line for each feature: name, kind, mean, standard deviation, least, greatest, encoding. */
  List<List<String>> described();

  /** Notes on missing values in training. */
  List<String> notes();

  /** The beginning of such a note; the replacement follows. */
  static String note(String column, int missing, int rows, Imputation fill) {
    return Messages.of(
        "%s: %s of %s rows have none and get %s, ",
        column, Descriptions.count(missing), Descriptions.count(rows), fill);
  }
}
