package org.lossbook.data;

import java.util.List;
import org.lossbook.base.Messages;
import org.nd4j.linalg.api.ndarray.INDArray;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * Converts arrays of other libraries to {@link Values}: ND4J's and Tablesaw's. A separate class, so
 * that plain Java arrays never load those libraries.
 */
final class ArrayAdapters {
  private ArrayAdapters() {}

  static Values values(String who, Object value) {
    if (value instanceof INDArray array) {
      return Nd4jArrays.values(who, array);
    }
    if (value instanceof NumericColumn<?> column) {
      return Values.own(doubles(who, column), column.size());
    }
    if (value instanceof Table table) {
      return table(who, table);
    }
    throw Messages.wrong(
        "%s expects numbers, arrays of numbers, an INDArray or numeric Tablesaw columns but receives %s: make a double[] or double[][] of it.",
        who, value == null ? "null" : "a " + kind(value));
  }

  /** The class of a list, such as {@code List12}, would tell the reader nothing. */
  private static String kind(Object value) {
    return value instanceof List<?> ? "List" : value.getClass().getSimpleName();
  }

  /** {@code [rows, columns]}. */
  private static Values table(String who, Table table) {
    int rows = table.rowCount();
    int columns = table.columnCount();
    double[] all = new double[Math.multiplyExact(rows, columns)];
    for (int c = 0; c < columns; c++) {
      if (!(table.column(c) instanceof NumericColumn<?> column)) {
        Column<?> other = table.column(c);
        throw Messages.wrong(
            "%s expects numeric columns but %s holds %s: leave it out with table.rejectColumns(\"%s\").",
            who, other.name(), other.type(), other.name());
      }
      double[] values = doubles(who, column);
      for (int r = 0; r < rows; r++) {
        all[r * columns + c] = values[r];
      }
    }
    return Values.own(all, rows, columns);
  }

  private static double[] doubles(String who, NumericColumn<?> column) {
    if (column.countMissing() > 0) {
      throw Messages.wrong(
          "%s expects a number in every row but column %s misses %d: drop those rows with table.dropRowsWithMissingValues().",
          who, column.name(), column.countMissing());
    }
    return column.asDoubleArray();
  }
}
