package org.lossbook.data.table;

import com.univocity.parsers.common.TextParsingException;
import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import com.univocity.parsers.csv.UnescapedQuoteHandling;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Supplier;
import org.lossbook.base.Messages;
import org.lossbook.data.DataException;
import org.lossbook.data.view.Descriptions;

/**
 * The rows of a CSV file as text cells, equally many in each, with the line on which each begins.
 */
final class CsvRows implements AutoCloseable {
  private static final int MOST_COLUMNS = 100_000;
  private static final int LONGEST_CELL = 1_000_000;
  private static final int SAID = 60;

  private final CsvParser parser;
  private final String file;
  private final String first;
  private String[] cells = {};
  private int line; // the first line of the row
  private int after = 1; // the line after the row
  private int columns; // of the first row; 0 before it

  /**
   * Parses the rows of a text.
   *
   * @param first what the first line contains: {@code names} or {@code cells}
   */
  CsvRows(CsvText text, char separator, String file, String first) {
    this.file = file;
    this.first = first;
    var settings = new CsvParserSettings();
    settings.getFormat().setDelimiter(separator);
    settings.getFormat().setLineSeparator("\n");
    settings.setCommentProcessingEnabled(false); // a row may begin with #
    settings.setUnescapedQuoteHandling(UnescapedQuoteHandling.RAISE_ERROR);
    settings.setSkipEmptyLines(false); // to count lines
    settings.setEmptyValue(""); // for "" in quotes; null for an empty cell
    settings.setMaxColumns(MOST_COLUMNS);
    settings.setMaxCharsPerColumn(LONGEST_CELL);
    settings.setReadInputOnSeparateThread(false);
    settings.setInputBufferSize(1 << 16);
    settings.setErrorContentLength(SAID); // a cause is shown too
    parser = new CsvParser(settings);
    parsed(
        () -> {
          parser.beginParsing(text);
          return cells;
        });
  }

  /** Advances to the next non-empty row; false if there is none. */
  boolean next() {
    do {
      line = after;
      cells = parsed(parser::parseNext);
      after = (int) parser.getContext().currentLine() + 1;
      String last = cells.length == 0 ? CsvText.END : cells[cells.length - 1];
      if (last != null && last.endsWith(CsvText.END) && parsed(parser::parseNext).length == 0) {
        if (cells.length != 1 || !last.equals(CsvText.END)) {
          throw open();
        }
        return false;
      }
    } while (cells.length == 1 && cells[0] == null);
    if (columns == 0) {
      columns = cells.length;
    }
    if (cells.length != columns) {
      throw new DataException(
          Messages.of(
              "csv expects %s cells in every line, as there are %s in the first, but %s, line %d, has %s: put a text that has a separator in it between double quotes, and leave no cell out.",
              columns, first, file, line, cells.length));
    }
    return true;
  }

  /** The error for an unclosed quote, which extends to the end of the file. */
  private DataException open() {
    long before =
        Arrays.stream(cells, 0, Math.max(0, cells.length - 1))
            .filter(Objects::nonNull)
            .flatMapToInt(String::chars)
            .filter(c -> c == '\n')
            .count();
    return new DataException(
        Messages.of(
            "csv expects every double quote to be closed but %s, line %d, opens one that is not: close it or take it out.",
            file, line + before));
  }

  private String[] parsed(Supplier<String[]> parsing) {
    try {
      String[] row = parsing.get();
      return row == null ? new String[0] : row; // the end
    } catch (TextParsingException e) {
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof DataException known) {
          throw known;
        }
      }
      throw refused(e);
    }
  }

  private DataException refused(TextParsingException failure) {
    boolean quote = !(failure.getCause() instanceof IndexOutOfBoundsException);
    return new DataException(
        Messages.of(
            "csv expects %s but %s, line %d, has %s.",
            quote
                ? "a separator after a double quote that closes a text"
                : Messages.of(
                    "at most %s cells in a line and %s characters in a cell",
                    Descriptions.count(MOST_COLUMNS), Descriptions.count(LONGEST_CELL)),
            file,
            line,
            quote
                ? "something else: write a double quote within a text twice"
                : "more: check for a double quote left open, or set the separator with"
                    + " csv(…, separator(';'))"),
        failure);
  }

  /** The cells of this row; an empty one is null. */
  String[] cells() {
    return cells;
  }

  /** The line on which this row begins. */
  int line() {
    return line;
  }

  @Override
  public void close() {
    parser.stopParsing(); // closes the text too
  }
}
