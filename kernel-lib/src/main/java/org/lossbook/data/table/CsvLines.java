package org.lossbook.data.table;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lossbook.data.DataException;

/**
 * Where in a file of comma-separated values its rows are: a cell in quotes may have several lines.
 */
final class CsvLines {
  /** {@code 1,234,567} is a whole number with its thousands marked. */
  private static final String THOUSANDS = "-?\\d{1,3}(,\\d{3})+";

  private static final Pattern QUOTED_COMMA = Pattern.compile("\"(-?\\d+(?:,\\d+)+)\"");
  private static final Pattern BARE_COMMA =
      Pattern.compile("(?:^|[;\t])\"?(-?\\d+,\\d+)\"?(?=[;\t]|$)");

  private final BitSet starts = new BitSet(); // the lines on which a row begins, from 1
  private final char separator;
  private Optional<String> decimalComma = Optional.empty();
  private int decimalCommaLine;
  private int openQuote;

  private CsvLines(BufferedReader lines) throws IOException {
    char found = 0;
    String line;
    for (int number = 1; (line = lines.readLine()) != null; number++) {
      if (openQuote == 0 && !line.isEmpty()) {
        starts.set(number);
      }
      if (found == 0 && !line.isEmpty()) {
        found =
            line.contains(",") ? ',' : line.contains(";") ? ';' : line.contains("\t") ? '\t' : ',';
      }
      if (decimalComma.isEmpty()) {
        decimalComma = decimalComma(line, found);
        decimalCommaLine = number;
      }
      boolean turns = line.chars().filter(c -> c == '"').count() % 2 == 1;
      if (turns) {
        openQuote = openQuote == 0 ? number : 0;
      }
    }
    separator = found == 0 ? ',' : found;
  }

  static CsvLines of(Path file) throws IOException {
    // What separates and encloses is the same byte in every encoding that is likely here.
    try (var reader = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
      return new CsvLines(reader);
    }
  }

  /** The same for a file that was read before. */
  static CsvLines again(Path file) {
    try {
      return of(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<String> decimalComma(String line, char separator) {
    Matcher comma = (separator == ',' ? QUOTED_COMMA : BARE_COMMA).matcher(line);
    while (comma.find()) {
      if (separator != ',' || !comma.group(1).matches(THOUSANDS)) {
        return Optional.of(comma.group(1));
      }
    }
    return Optional.empty();
  }

  char separator() {
    return separator;
  }

  /** Tablesaw would read 1,5 as 15 and say nothing. */
  void refuseDecimalCommas(String file) {
    decimalComma.ifPresent(
        number -> {
          throw new DataException(
              "csv expects numbers with a point but %s, line %d, has %s: write them with a point, as in %s."
                  .formatted(file, decimalCommaLine, number, number.replace(',', '.')));
        });
  }

  /** The line on which a row begins; row 0 is that of the names. */
  int lineOf(int row) {
    int line = starts.nextSetBit(0);
    for (int i = 0; i < row && line >= 0; i++) {
      line = starts.nextSetBit(line + 1);
    }
    return line;
  }

  /** The line of a quote that is never closed, 0 where there is none. */
  int openQuote() {
    return openQuote;
  }
}
