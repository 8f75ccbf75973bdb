package org.lossbook.data.synthetic;

import java.util.stream.IntStream;
import org.lossbook.data.table.TableData;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

/** Converts rows of numbers to tables. */
final class RowBuffer {
  private RowBuffer() {}

  /** A table with a column for each feature, {@code x1}, {@code x2}, …. */
  private static Table features(String name, double[][] x) {
    Table table = Table.create(name);
    for (int c = 0; c < x[0].length; c++) {
      int column = c;
      double[] numbers = IntStream.range(0, x.length).mapToDouble(r -> x[r][column]).toArray();
      table.addColumns(DoubleColumn.create("x" + (c + 1), numbers));
    }
    return table;
  }

  /** Table data for regression: features and the target {@code y}. */
  static TableData regression(String name, double[][] x, double[] y) {
    Table table = features(name, x);
    table.addColumns(DoubleColumn.create("y", y));
    return TableData.of(table).target("y");
  }

  /** Table data for classification: features and the target {@code class}, shuffled. */
  static TableData classification(
      String name, double[][] x, int[] labels, int classes, PortableRandom draws) {
    int[] order = draws.order(labels.length);
    Table table = features(name, IntStream.of(order).mapToObj(i -> x[i]).toArray(double[][]::new));
    table.addColumns(IntColumn.create("class", IntStream.of(order).map(i -> labels[i]).toArray()));
    String[] names = IntStream.range(0, classes).mapToObj(Integer::toString).toArray(String[]::new);
    return TableData.of(table).target("class").classes(names);
  }

  /** A table of cluster centres: the class and coordinates of each. */
  static Table centers(double[][] centers, int[] labels) {
    Table table = features("centers", centers);
    table.insertColumn(0, IntColumn.create("class", labels));
    return table;
  }
}
