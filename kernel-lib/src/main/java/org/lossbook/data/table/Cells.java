package org.lossbook.data.table;

import java.util.Set;
import org.lossbook.base.Messages;
import org.lossbook.data.view.Descriptions;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.columns.Column;

/** Reads cells of a table, independently of the column's type. */
final class Cells {
  private static final Set<String> TRUE = Set.of("t", "T", "y", "Y");
  private static final Set<String> FALSE = Set.of("f", "F", "n", "N");

  private Cells() {}

  static boolean isNumber(Column<?> column) {
    return column instanceof NumericColumn<?>;
  }

  static boolean isText(Column<?> column) {
    return column instanceof StringColumn;
  }

  static boolean isBoolean(Column<?> column) {
    return column instanceof BooleanColumn;
  }

  /** Strips surrounding whitespace, including non-breaking spaces. */
  static String trimmed(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && isSpace(text.charAt(from))) {
      from++;
    }
    while (from < to && isSpace(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }

  private static boolean isSpace(char c) {
    return c <= ' ' || Character.isWhitespace(c) || Character.isSpaceChar(c);
  }

  /** A number, or a boolean as 0 or 1; the cell must not be missing. */
  static double number(Column<?> column, int row) {
    if (column instanceof BooleanColumn booleans) {
      return booleans.getByte(row);
    }
    return column instanceof StringColumn letters
        ? TRUE.contains(letters.get(row)) ? 1 : 0
        : ((NumericColumn<?>) column).getDouble(row);
  }

  /**
   * Whether a text column contains only the letters that {@code csv} reads as booleans if both
   * occur.
   */
  static boolean isLetters(Column<?> column) {
    return column instanceof StringColumn letters
        && letters.asList().stream()
            .allMatch(cell -> cell.isEmpty() || TRUE.contains(cell) || FALSE.contains(cell));
  }

  /** The name of a category: 4 and 4.0 are the same. */
  static String category(Column<?> column, int row) {
    return column instanceof NumericColumn<?> numbers
        ? Descriptions.number(numbers.getDouble(row))
        : column.getUnformattedString(row);
  }

  /** The error for missing values: names the first row, and counts the others. */
  static IllegalArgumentException missing(
      String who, Column<?> column, int row, int others, String fixes) {
    return Messages.wrong(
        "%s expects a value in every row but %s has none in row %d%s: %s.",
        who,
        column.name(),
        row,
        others == 0 ? "" : Messages.of(" and %s more", Descriptions.count(others)),
        fixes);
  }

  /** Refuses missing values in these rows of a column. */
  static void whole(String who, Column<?> column, int[] rows, String fixes) {
    int first = -1;
    int count = 0;
    for (int row : rows) {
      if (column.isMissing(row)) {
        first = first < 0 ? row : Math.min(first, row);
        count++;
      }
    }
    if (count > 0) {
      throw missing(who, column, first, count - 1, fixes);
    }
  }
}
