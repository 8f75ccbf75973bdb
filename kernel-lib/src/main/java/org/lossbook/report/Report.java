package org.lossbook.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.lossbook.base.Figures;
import org.lossbook.base.Messages;
import org.lossbook.config.Require;
import org.lossbook.data.Dataset;
import org.lossbook.model.Model;
import org.lossbook.notebook.Renderable;
import org.lossbook.notebook.TextTable;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * A report on a model's quality on a dataset, as a table.
 *
 * <p>For classification: precision, recall, F1 and support, the number of samples, for each class;
 * then the accuracy, and the means over the classes, unweighted ({@code macro avg}) or weighted by
 * support ({@code weighted avg}). It is scikit-learn's {@code classification_report}, except that
 * classes that never occur have a row of zeros and count in the macro average. Multi-label models
 * have {@code micro avg} in place of the accuracy.
 *
 * <p>For regression: the mean squared error, its root, the mean absolute error, R², the median and
 * the largest of the absolute errors; with several outputs one row for each, and one for all.
 *
 * <pre>{@code
 * report(model, digits.test())
 * report(model, digits.test()).get("recall", "3")
 * report(model, digits.test()).get("accuracy")
 * }</pre>
 */
public final class Report implements Renderable {
  static final String SUPPORT = "support";

  private final String of;
  private final List<String> columns;
  private final Map<String, List<Double>> rows;
  private final Map<String, Double> overall;
  private final List<String> footer;

  /**
   * @param of what a row stands for: {@code class}
   * @param rows the numbers of each row, one per column, by the row's name; NaN leaves a cell empty
   * @param overall the figures of the whole dataset
   */
  Report(
      String of,
      List<String> columns,
      Map<String, List<Double>> rows,
      Map<String, Double> overall,
      List<String> footer) {
    this.of = of;
    this.columns = List.copyOf(columns);
    this.rows = Collections.unmodifiableMap(new LinkedHashMap<>(rows));
    this.overall = Collections.unmodifiableMap(new LinkedHashMap<>(overall));
    this.footer = List.copyOf(footer);
  }

  /**
   * The report on a model.
   *
   * @throws IllegalArgumentException if the dataset does not fit the model
   */
  public static Report report(Model model, Dataset data) {
    return Reports.of(model, data);
  }

  /** The names of the rows: classes and averages. */
  public List<String> rowNames() {
    return List.copyOf(rows.keySet());
  }

  /** The names of the columns. */
  public List<String> columnNames() {
    return columns;
  }

  /**
   * A figure over the whole dataset: {@code accuracy}, or {@code rmse}.
   *
   * @throws IllegalArgumentException if there is none; the message lists them
   */
  public double get(String figure) {
    Require.given(figure, "get", "the name of a figure", "get(\"accuracy\") is one");
    if (columns.contains(figure) && !overall.containsKey(figure)) {
      throw Messages.wrong(
          "The report has a %s for each %s: ask for one with get(\"%s\", \"%s\").",
          figure, of, figure, rows.keySet().iterator().next());
    }
    return Figures.of("report", overall, figure);
  }

  /**
   * A cell: {@code get("precision", "3")}, {@code get("f1", "macro avg")}.
   *
   * @throws IllegalArgumentException if there is none; the message lists them
   */
  public double get(String column, String row) {
    Require.given(column, "get", "the name of a column", "get(\"f1\", \"macro avg\") names both");
    Require.given(row, "get", "the name of a row", "get(\"f1\", \"macro avg\") names both");
    List<Double> cells = rows.get(row);
    int at = columns.indexOf(column);
    if (cells == null || at < 0 || cells.get(at).isNaN()) {
      throw Messages.wrong(
          "The report has no %s of %s: it has %s of %s.",
          column, row, String.join(", ", columns), String.join(", ", rows.keySet()));
    }
    return cells.get(at);
  }

  /** The report as a Tablesaw table, with the rows' names in the first column. */
  public Table table() {
    Table table = Table.create("report");
    table.addColumns(StringColumn.create(of, rowNames()));
    for (int c = 0; c < columns.size(); c++) {
      DoubleColumn column = DoubleColumn.create(columns.get(c));
      for (List<Double> cells : rows.values()) {
        if (cells.get(c).isNaN()) {
          column.appendMissing();
        } else {
          column.append(cells.get(c));
        }
      }
      table.addColumns(column);
    }
    return table;
  }

  private TextTable shown() {
    List<TextTable.Column> head = new ArrayList<>();
    head.add(TextTable.Column.words(of));
    columns.forEach(column -> head.add(TextTable.Column.numbers(column)));
    List<List<String>> body = new ArrayList<>();
    rows.forEach(
        (name, cells) -> {
          List<String> row = new ArrayList<>();
          row.add(name);
          IntStream.range(0, cells.size())
              .forEach(c -> row.add(text(columns.get(c), cells.get(c))));
          body.add(row);
        });
    return new TextTable("", head, body, footer);
  }

  private static String text(String column, double value) {
    return Double.isNaN(value)
        ? ""
        : column.equals(SUPPORT) ? Messages.of("%,d", (long) value) : Figures.text(value);
  }

  @Override
  public Map<String, String> mimeBundle() {
    return shown().mimeBundle();
  }

  /** The table as text. */
  @Override
  public String toString() {
    return shown().toString();
  }
}
