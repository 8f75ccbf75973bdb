package org.lossbook.data.table;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.Temporal;
import java.util.Locale;
import java.util.function.Function;
import org.lossbook.data.table.NumberDetection.Size;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.DateColumn;
import tech.tablesaw.api.DateTimeColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.TimeColumn;
import tech.tablesaw.columns.Column;

/**
 * Builds a Tablesaw column row by row.
 *
 * @param whole whether the column already has all its rows, initially missing
 * @param put sets a cell in its row, or appends it
 */
record ColumnBuilder(Column<?> column, boolean whole, Put put) {
  /** Sets or appends a cell. */
  interface Put {
    void at(int row, String cell);
  }

  void add(int row, String cell) {
    put.at(row, cell);
  }

  void addMissing() {
    if (!whole) {
      column.appendMissing();
    }
  }

  static ColumnBuilder numbers(String name, int rows, NumberSyntax style, Size size) {
    return switch (size) {
      case INT -> {
        var ints = IntColumn.create(name, rows);
        yield new ColumnBuilder(
            ints, true, (row, cell) -> ints.set(row, (int) style.whole(Cells.trimmed(cell))));
      }
      case LONG -> {
        var longs = LongColumn.create(name, rows);
        yield new ColumnBuilder(
            longs, true, (row, cell) -> longs.set(row, style.whole(Cells.trimmed(cell))));
      }
      case DOUBLE -> {
        var doubles = DoubleColumn.create(name, rows);
        yield new ColumnBuilder(
            doubles, true, (row, cell) -> doubles.set(row, style.value(Cells.trimmed(cell))));
      }
    };
  }

  static ColumnBuilder texts(String name) {
    var texts = StringColumn.create(name);
    return new ColumnBuilder(texts, false, (row, cell) -> texts.append(cell));
  }

  /** A boolean column: true if a cell begins with t or y. */
  static ColumnBuilder booleans(String name) {
    var booleans = BooleanColumn.create(name);
    return new ColumnBuilder(
        booleans,
        false,
        (row, cell) -> booleans.append("ty".indexOf(lowered(cell).charAt(0)) >= 0));
  }

  private static String lowered(String cell) {
    return Cells.trimmed(cell).toLowerCase(Locale.ROOT);
  }

  /** A column of dates, times, or both, according to the first cell. */
  static ColumnBuilder dates(String name, Temporal first, Function<String, Temporal> reading) {
    if (first instanceof LocalDateTime) {
      var both = DateTimeColumn.create(name);
      return new ColumnBuilder(
          both, false, (row, cell) -> both.append((LocalDateTime) reading.apply(cell)));
    }
    if (first instanceof LocalTime) {
      var times = TimeColumn.create(name);
      return new ColumnBuilder(
          times, false, (row, cell) -> times.append((LocalTime) reading.apply(cell)));
    }
    var dates = DateColumn.create(name);
    return new ColumnBuilder(
        dates, false, (row, cell) -> dates.append((LocalDate) reading.apply(cell)));
  }
}
