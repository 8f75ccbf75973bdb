package org.lossbook.data.table;

import org.lossbook.base.Messages;
import org.lossbook.config.Shown;
import org.lossbook.data.DataException;

/**
 * An unreadable or ambiguous cell of a CSV file.
 *
 * @param line the line in the file, from 1
 * @param expected the expected content
 * @param has the actual content
 * @param fix how to fix it
 */
record CsvError(int line, String expected, String has, String fix) {
  /** The exception with the error message. */
  DataException in(String file) {
    return new DataException(
        Messages.of("csv expects %s but %s, line %d, has %s: %s.", expected, file, line, has, fix));
  }

  /** The fix that keeps a column as text. */
  static String keepText(String column) {
    return Messages.of("csv(…, text(%s))", Shown.of(column));
  }

  /**
   * A cell with its line number.
   *
   * @param cell the cell as in the file
   */
  record Occurrence(int line, String cell) {
    String shown() {
      return Shown.text(cell);
    }
  }
}
