package org.lossbook.data.table;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lossbook.data.DataException;
import org.lossbook.data.FilePath;
import tech.tablesaw.api.Table;
import tech.tablesaw.io.csv.CsvReadOptions;

/** Tables in text files, read by Tablesaw. */
public final class CsvFile {
  private static final Pattern RAGGED =
      Pattern.compile("Row number (\\d+) contains (\\d+) columns\\. (\\d+) expected");
  private static final Pattern TWICE = Pattern.compile("duplicate name (.*) to table");
  private static final int SAID = 160;

  private CsvFile() {}

  /**
   * The table in a file of comma-separated values, whose first line names the columns. Where that
   * line has semicolons or tabs and no comma, these separate.
   *
   * <p>Tablesaw finds out what each column holds: numbers with a point, {@code true} and {@code
   * false}, dates, else text. An empty cell, {@code NA}, {@code NaN}, {@code null} and {@code *}
   * are missing values.
   *
   * @param path from the working directory on, or from the root; {@code http://…} and {@code
   *     https://…} too
   * @throws DataException where there is no such file or it is no table: which line
   */
  public static Table read(String path) {
    if (path == null || path.isBlank()) {
      throw new DataException(
          "csv expects the path of a file but receives %s: csv(\"cars.csv\") reads one beside the notebook."
              .formatted(path == null ? "null" : "an empty text"));
    }
    return path.matches("(?i)https?://.*") ? fromNet(path) : fromFile(path);
  }

  /** The same by Java's own path. */
  public static Table read(Path path) {
    return read(FilePath.text("csv", path));
  }

  private static Table fromNet(String address) {
    try {
      return Table.read().csv(new URL(address));
    } catch (MalformedURLException e) {
      throw new DataException(
          "csv expects an address such as https://host/cars.csv but receives %s: look at how it is written."
              .formatted(address),
          e);
    } catch (RuntimeException e) {
      throw new DataException(
          "csv cannot read %s: %s. Save the file beside the notebook and read it from there."
              .formatted(address, said(e)),
          e);
    }
  }

  private static Table fromFile(String given) {
    Path file = path(given);
    try {
      var lines = CsvLines.of(file);
      lines.refuseDecimalCommas(given);
      Table table =
          Table.read().csv(CsvReadOptions.builder(file.toFile()).separator(lines.separator()));
      if (table.rowCount() == 0) {
        throw new DataException(
            "csv expects a line of names and a line for each row but %s has %s: look into the file."
                .formatted(
                    given, table.columnCount() == 0 ? "no rows" : "names and no row below them"));
      }
      return table;
    } catch (IOException e) {
      throw new DataException(
          "csv cannot read %s: %s. Look at whether you may read it.".formatted(given, said(e)), e);
    } catch (DataException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new DataException(explained(given, file, e), e);
    }
  }

  private static Path path(String given) {
    Path file;
    try {
      file = Path.of(given);
    } catch (InvalidPathException e) {
      throw new DataException(
          "csv expects the path of a file but receives %s: %s.".formatted(given, e.getReason()), e);
    }
    if (Files.isRegularFile(file)) {
      return file;
    }
    throw new DataException(
        "csv expects a file but finds %s at %s: the working directory is %s, so give the path from there or from the root."
            .formatted(
                Files.isDirectory(file) ? "a folder" : "nothing",
                given,
                Path.of("").toAbsolutePath()));
  }

  private static String explained(String given, Path file, RuntimeException failure) {
    String message = String.valueOf(failure.getMessage());
    Matcher ragged = RAGGED.matcher(message);
    if (ragged.find()) {
      return "csv expects %s cells in every line, as there are names in the first, but %s, line %d, has %s: put a text that has a separator in it between double quotes, and leave no cell out."
          .formatted(
              ragged.group(3),
              given,
              CsvLines.again(file).lineOf(Integer.parseInt(ragged.group(1))),
              ragged.group(2));
    }
    Matcher twice = TWICE.matcher(message);
    if (twice.find()) {
      return "csv expects a name of its own for each column but %s, line 1, has %s twice: rename one."
          .formatted(given, twice.group(1));
    }
    int open = CsvLines.again(file).openQuote();
    return open > 0
        ? "csv expects every double quote to be closed but %s, line %d, opens one that is not: close it or take it out."
            .formatted(given, open)
        : "csv expects a table as text but %s is none that Tablesaw reads (%s): open it in a text editor and look."
            .formatted(given, said(failure));
  }

  private static String said(Exception failure) {
    String message = String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    String clean = message.replaceAll("\\p{Cntrl}", "");
    return clean.length() > SAID ? clean.substring(0, SAID) + "…" : clean;
  }
}
