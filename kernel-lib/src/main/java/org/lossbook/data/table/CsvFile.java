package org.lossbook.data.table;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.stream.IntStream;
import org.lossbook.Internal;
import org.lossbook.base.Messages;
import org.lossbook.config.Shown;
import org.lossbook.data.DataException;
import org.lossbook.data.FilePath;
import org.lossbook.data.view.Descriptions;
import org.lossbook.engine.Memory;
import tech.tablesaw.api.Table;

/**
 * Reads CSV files: univocity parses the cells, Tablesaw holds the columns.
 *
 * @hidden
 */
@Internal
public final class CsvFile {
  private static final Set<String> MISSING = Set.of("", "NA", "N/A", "NaN", "null", "*");
  private static final int LOOK = 1 << 22; // characters between two checks of the free memory
  private static final int TEXT = 60; // bytes of a text in addition to its characters

  private final CsvSource source;
  private final CsvFormat format;
  private final NumberSyntax style;
  private final Set<String> missing;
  private final char separator;

  /**
   * Reads a CSV file whose first line names the columns. The separator is detected: comma,
   * semicolon, tab or vertical bar.
   *
   * <p>A column holds numbers with a point, {@code true} and {@code false}, dates or times, if all
   * its cells do; else it holds text. An empty cell, {@code NA}, {@code N/A}, {@code NaN}, {@code
   * null} and {@code *} are missing values. Commas may mark thousands ({@code "1,234.5"}), {@code
   * 12 %} is 0.12, and numbers such as {@code 007} stay text. An ambiguous cell, such as {@code
   * 1,5}, {@code ?} among numbers or {@code 02.01.2020}, is refused with its line, unless {@link
   * #read(String, CsvFormat) a format} resolves it.
   *
   * @param path an absolute path, one relative to the working directory, or a URL {@code http://…}
   *     or {@code https://…}; the file may be gzipped
   * @throws DataException if there is no such file, or it is not a table; the message names the
   *     line
   */
  public static Table read(String path) {
    return read(path, CsvFormat.plain());
  }

  /** Reads a CSV file. */
  public static Table read(Path path) {
    return read(FilePath.text("csv", path));
  }

  /** Reads a CSV file in a given format. */
  public static Table read(String path, CsvFormat format) {
    if (format == null) {
      throw new IllegalArgumentException(
          "csv expects a format but receives null: csv(\"cars.csv\", decimalComma())"
              + " says it.");
    }
    try (CsvSource source = CsvSource.of(path)) {
      try {
        return new CsvFile(source, format).table();
      } catch (IOException e) {
        throw source.unreadable(e);
      }
    }
  }

  /** Reads a CSV file in a given format. */
  public static Table read(Path path, CsvFormat format) {
    return read(FilePath.text("csv", path), format);
  }

  private CsvFile(CsvSource source, CsvFormat format) throws IOException {
    this.source = source;
    this.format = format;
    style = NumberSyntax.of(format.hasDecimalComma());
    missing = new HashSet<>(MISSING);
    missing.addAll(format.missing());
    if (format.separator().isPresent()) {
      separator = format.separator().get();
    } else {
      try (CsvText text = text()) {
        separator = SeparatorDetection.of(text, source.given());
      }
    }
  }

  private CsvText text() throws IOException {
    return new CsvText(source.open(), source.given(), format.charset());
  }

  private CsvRows rows() throws IOException {
    return new CsvRows(text(), separator, source.given(), hasNames() ? "names" : "cells");
  }

  private Table table() throws IOException {
    List<CsvColumn> columns = new ArrayList<>();
    int count = 0;
    try (CsvRows rows = rows()) {
      boolean more = rows.next();
      if (!more) {
        throw empty("no rows");
      }
      for (String name : names(rows)) {
        columns.add(new CsvColumn(name, format, style, separator));
      }
      for (more = !hasNames() || rows.next(); more; more = rows.next()) {
        String[] cells = rows.cells();
        for (int c = 0; c < cells.length; c++) {
          String cell = cells[c] == null ? "" : Cells.trimmed(cells[c]);
          if (!missing.contains(cell)) {
            columns.get(c).observe(cell, rows.line());
          }
        }
        count = counted(count, rows);
      }
    }
    if (count == 0) {
      throw empty("names and no row below them");
    }
    columns.stream()
        .flatMap(column -> column.fault().stream())
        .min(Comparator.comparingInt(CsvError::line))
        .ifPresent(
            fault -> {
              throw fault.in(source.given());
            });
    return filled(columns, count);
  }

  private boolean hasNames() {
    return format.header().orElse(true);
  }

  private DataException empty(String has) {
    return new DataException(
        Messages.of(
            "csv expects a line of names and at least one row but %s has %s: check the file.",
            source.given(), has));
  }

  private int counted(int count, CsvRows rows) {
    if (Thread.currentThread().isInterrupted()) {
      throw new DataException.Interrupted(
          Messages.of(
              "csv was interrupted at line %s of %s: run the cell again.",
              Descriptions.count(rows.line()), source.given()));
    }
    return Math.addExact(count, 1);
  }

  private List<String> names(CsvRows rows) {
    String[] cells = rows.cells();
    List<String> names =
        IntStream.range(0, cells.length)
            .mapToObj(
                c ->
                    !hasNames() || cells[c] == null || cells[c].isBlank()
                        ? "C" + c
                        : Cells.trimmed(cells[c]))
            .toList();
    if (format.header().isEmpty()) {
      HeaderDetection.row(names, style)
          .ifPresent(
              number -> {
                throw new CsvError(
                        rows.line(),
                        "names of columns in the first line",
                        Shown.text(number),
                        "if that is a row, use csv(…, header(false)), and if it is a name,"
                            + " header(true)")
                    .in(source.given());
              });
    }
    Set<String> known = new HashSet<>();
    for (String name : names) {
      if (!known.add(name.toLowerCase(Locale.ROOT))) {
        throw new DataException(
            Messages.of(
                "csv expects a different name for each column but %s, line %d, has %s twice: rename one.",
                source.given(), rows.line(), Shown.text(name)));
      }
    }
    for (String text : format.texts()) {
      if (!known.contains(text.toLowerCase(Locale.ROOT))) {
        throw Messages.wrong(
            "text expects a column of %s but receives %s: check the spelling.",
            Categories.listed(names), Shown.text(text));
      }
    }
    return names;
  }

  private Table filled(List<CsvColumn> columns, int count) throws IOException {
    room(Memory.product(count, columns.stream().mapToLong(CsvColumn::bytes).sum()));
    List<ColumnBuilder> fillers = columns.stream().map(column -> column.filler(count)).toList();
    try (CsvRows rows = rows()) {
      boolean more = !hasNames() || rows.next();
      int row = 0;
      long weight = LOOK;
      while (more && rows.next() && row < count) {
        String[] cells = rows.cells();
        for (int c = 0; c < cells.length; c++) {
          String cell = cells[c];
          if (cell == null || missing.contains(Cells.trimmed(cell))) {
            fillers.get(c).addMissing();
          } else {
            fillers.get(c).add(row, cell);
            weight += TEXT + cell.length();
          }
        }
        if (weight >= LOOK) {
          room(4L * LOOK);
          weight = 0;
        }
        row = counted(row, rows);
      }
    } catch (NoSuchElementException | NumberFormatException | IndexOutOfBoundsException e) {
      throw new DataException(
          Messages.of(
              "csv expects a file that does not change while it is read but %s changed: read it again.",
              source.given()),
          e);
    }
    var table = Table.create(name());
    // Tablesaw would compare each name with all before it, which names() has done at once.
    fillers.forEach(filler -> table.internalAddWithoutValidation(filler.column()));
    return table;
  }

  private String name() {
    return source.fetched() ? source.given() : source.file().getFileName().toString();
  }

  private void room(long bytes) {
    try {
      Memory.heap(
          Messages.of("csv(\"%s\")", source.given()),
          bytes,
          "leave out rows or columns that are not needed");
    } catch (IllegalArgumentException e) {
      throw new DataException(e.getMessage(), e);
    }
  }
}
