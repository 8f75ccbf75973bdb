package org.lossbook.data.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.lossbook.base.Messages;
import org.lossbook.plot.Figure;
import org.lossbook.plot.Scatter;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** Scatter plots of two columns of a table. */
final class TablePlot {
  private TablePlot() {}

  /** A scatter plot of default columns: see {@link TableData#plot()}. */
  static Figure of(Table table, TableSettings settings) {
    Targets targets = settings.targets(table);
    List<String> columns =
        new ArrayList<>(
            settings.featureColumns(table).stream()
                .filter(name -> Cells.isNumber(table.column(name)))
                .limit(2)
                .toList());
    if (targets.classNames().isEmpty()) {
      columns =
          List.of(
              columns.isEmpty() ? targets.columns().get(0) : columns.get(0),
              targets.columns().get(0));
    }
    if (columns.size() < 2) {
      throw Messages.wrong(
          "plot expects two numeric features but there are %d: name the columns, plot(\"x\", \"y\").",
          columns.size());
    }
    return of(table, settings, columns);
  }

  /** A scatter plot of two columns, coloured by class if there are classes. */
  static Figure of(Table table, TableSettings settings, List<String> columns) {
    Column<?> x = numbers(table, columns.get(0));
    Column<?> y = numbers(table, columns.get(columns.size() - 1));
    int[] rows = IntStream.range(0, table.rowCount()).toArray();
    List<Scatter.Group> groups = new ArrayList<>();
    List<String> classes =
        settings.targets.isEmpty() ? List.of() : settings.targets(table).classNames();
    for (String name : classes) {
      Column<?> target = table.column(settings.targets.get(0));
      int[] those =
          Arrays.stream(rows)
              .filter(row -> !target.isMissing(row) && Cells.category(target, row).equals(name))
              .toArray();
      groups.add(group(target.name() + " " + name, x, y, those));
    }
    if (classes.isEmpty()) {
      groups.add(group("rows", x, y, rows));
    }
    return new Scatter(table.name(), x.name(), y.name(), groups).figure();
  }

  private static Column<?> numbers(Table table, String name) {
    Column<?> column = table.column(name);
    if (!Cells.isNumber(column)) {
      throw Messages.wrong(
          "plot expects columns of numbers but %s holds %s: choose another.", name, column.type());
    }
    return column;
  }

  private static Scatter.Group group(String name, Column<?> x, Column<?> y, int[] rows) {
    return new Scatter.Group(name, numbers(x, rows), numbers(y, rows));
  }

  private static double[] numbers(Column<?> column, int[] rows) {
    return Arrays.stream(rows)
        .mapToDouble(row -> column.isMissing(row) ? Double.NaN : Cells.number(column, row))
        .toArray();
  }
}
