package org.lossbook.data.table;

import org.lossbook.config.Shown;
import org.lossbook.data.DataException;

/**
 * A cell of a file that cannot be read, or only by guessing.
 *
 * @param line in the file, from 1
 * @param expected what should be there
 * @param has what is there
 * @param fix what to do
 */
record CsvError(int line, String expected, String has, String fix) {
  /** The sentence about it. */
  DataException in(String file) {
    return new DataException(
        "csv expects %s but %s, line %d, has %s: %s.".formatted(expected, file, line, has, fix));
  }

  /** The way out where a column only looks like something. */
  static String keepText(String column) {
    return "csv(…, text(%s))".formatted(Shown.of(column));
  }

  /**
   * A cell and its line.
   *
   * @param cell as it stands in the file
   */
  record Occurrence(int line, String cell) {
    String shown() {
      return Shown.text(cell);
    }
  }
}
