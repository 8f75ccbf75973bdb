package org.lossbook.data.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.lossbook.base.Messages;
import org.lossbook.config.Require;
import org.lossbook.data.Folds;
import org.lossbook.data.LazyDataset;
import org.lossbook.data.Permutations;
import org.lossbook.data.Split;
import org.lossbook.notebook.Renderable;
import org.lossbook.notebook.TextTable;
import org.lossbook.notebook.TextTable.Column;
import org.lossbook.plot.Figure;
import tech.tablesaw.api.Table;

/**
 * A dataset from a table: features and a target, described by chained calls.
 *
 * <pre>{@code
 * var cars = csv("cars.csv");
 * var data = table(cars).features("weight", "power").target("mpg").standardized().split(0.8, 42);
 * model.fit(data.train(), epochs(100).quiet());
 * model.evaluate(data.test());
 * model.predict(data.prepare(csv("new-cars.csv")));
 * }</pre>
 *
 * <p>Numbers are used as they are, unless {@linkplain #standardized() standardized} or {@linkplain
 * #normalized() normalized}; booleans as 0 and 1; a text column is one-hot encoded, with a feature
 * such as {@code colour=red} for each category, unless {@link #texts} are for a model of texts.
 * Missing values are refused, unless a method says how to treat them. A numeric target keeps its
 * unit; a text or boolean target is a class, with labels 0 to k−1 in alphabetical (or numeric)
 * order, unless {@link #classes} sets the order.
 *
 * <p>Preprocessing (means, categories, imputation) is fitted when the data is first used: after a
 * {@link #split split} only on the training rows, and then applied to the others; without a split
 * on all rows. Only the set of classes comes from the whole table.
 */
public final class TableData extends LazyDataset implements Renderable {
  private static final int SHOWN = 5;

  private final Table table;
  private final TableSettings settings;

  private TableData(Table table, TableSettings settings) {
    this.table = table;
    this.settings = settings;
  }

  /** A dataset of all columns of a copy of this table; {@link #target} sets what to predict. */
  public static TableData of(Table table) {
    if (table == null || table.columnCount() == 0) {
      throw Messages.wrong(
          "table expects a table with columns but receives %s: read one with csv(\"…\").",
          table == null ? "null" : "none");
    }
    return new TableData(table.copy(), new TableSettings());
  }

  private TableData with(Consumer<TableSettings> change) {
    var changed = settings.copy();
    change.accept(changed);
    return new TableData(table, changed);
  }

  /** Sets the features, in this order; by default all columns but the target. */
  public TableData features(String... columns) {
    List<String> names = ColumnNames.of("features", table, columns);
    return with(s -> s.features = Optional.of(names));
  }

  /** Excludes columns, such as a name or an identifier. */
  public TableData without(String... columns) {
    List<String> names = ColumnNames.of("without", table, columns);
    return with(s -> s.without = names);
  }

  /** Sets the target: a numeric or class column, or several numeric ones. */
  public TableData target(String... columns) {
    List<String> names = ColumnNames.of("target", table, columns);
    return with(s -> s.targets = names);
  }

  /**
   * Treats numeric columns as categorical, such as a month: each value becomes a feature, or a
   * class.
   */
  public TableData categorical(String... columns) {
    List<String> names = ColumnNames.of("categorical", table, columns);
    return with(s -> s.categorical = names);
  }

  /**
   * Gives columns of texts as they are to a model that begins with {@code textVectorization(…)}:
   * each is an input of the model, and the other features together are one behind them. A single
   * feature of more different texts than categories would have is taken so without being named.
   *
   * <pre>{@code
   * table(reviews).features("text").texts("text").target("opinion")
   * }</pre>
   */
  public TableData texts(String... columns) {
    List<String> names = ColumnNames.of("texts", table, columns);
    return with(s -> s.texts = names);
  }

  /**
   * Sets the classes of the target, in the order of their labels: {@code classes("low", "high")}.
   */
  public TableData classes(String... names) {
    List<String> order = ColumnNames.given("classes", "names of classes", names);
    return with(s -> s.classes = order);
  }

  /** One-hot encodes the target class, for {@code categoricalCrossentropy}. */
  public TableData oneHot() {
    return with(s -> s.oneHot = true);
  }

  /**
   * Standardizes numeric features to mean 0 and standard deviation 1 over the training rows: {@code
   * (x − mean) / sd}, with the population standard deviation (divided by n). Categories and
   * booleans stay 0 and 1; a constant column becomes 0.
   */
  public TableData standardized() {
    return with(s -> s.scaling = Scaling.STANDARDIZED);
  }

  /**
   * Min–max normalizes numeric features: 0 for the minimum of the training rows, 1 for the maximum;
   * other rows may lie outside.
   */
  public TableData normalized() {
    return with(s -> s.scaling = Scaling.NORMALIZED);
  }

  /** Imputes missing numbers by the mean of the column; without names, in all numeric columns. */
  public TableData missingToMean(String... columns) {
    return filled("missingToMean", Imputation.Strategy.MEAN, columns);
  }

  /** Imputes missing numbers by the median of the column; without names, in all numeric columns. */
  public TableData missingToMedian(String... columns) {
    return filled("missingToMedian", Imputation.Strategy.MEDIAN, columns);
  }

  /**
   * Imputes missing values by the most frequent value of the column; without names, in all text and
   * boolean columns.
   */
  public TableData missingToMostFrequent(String... columns) {
    if (columns != null && columns.length == 0) {
      return with(s -> s.othersFill = Optional.of(Imputation.Strategy.MOST_FREQUENT));
    }
    return with(
        s ->
            ColumnNames.of("missingToMostFrequent", table, columns)
                .forEach(name -> s.fills.put(name, Imputation.Strategy.MOST_FREQUENT)));
  }

  /** Imputes missing values in a column by a constant: {@code missingTo("colour", "unknown")}. */
  public TableData missingTo(String column, Object value) {
    String name = ColumnNames.of("missingTo", table, column).get(0);
    var of = table.column(name);
    boolean fits =
        Cells.isNumber(of)
            ? value instanceof Number
            : Cells.isBoolean(of) ? value instanceof Boolean : value instanceof String;
    if (!fits || (value instanceof Number number && !Float.isFinite(number.floatValue()))) {
      throw Messages.wrong(
          "missingTo expects %s for %s but receives %s: the column holds %s.",
          Cells.isNumber(of) ? "a number" : Cells.isBoolean(of) ? "true or false" : "a text",
          name,
          value instanceof String || value instanceof Number || value instanceof Boolean
              ? value
              : Require.kind(value),
          of.type());
    }
    return with(s -> s.fills.put(name, new Imputation.Constant(value)));
  }

  /** Drops rows in which a feature or the target is missing, before any split. */
  public TableData dropMissing() {
    return with(s -> s.dropsMissing = true);
  }

  /** Encodes a category unknown in training as zeros, instead of failing. */
  public TableData ignoreUnknown() {
    return with(s -> s.ignoresUnknown = true);
  }

  private TableData filled(String who, Imputation fill, String... columns) {
    if (columns != null && columns.length == 0) {
      return with(s -> s.numbersFill = Optional.of(fill));
    }
    List<String> names = ColumnNames.of(who, table, columns);
    for (String name : names) {
      if (!Cells.isNumber(table.column(name)) || settings.categorical.contains(name)) {
        throw Messages.wrong(
            "%s expects columns of numbers but %s holds %s: use .missingToMostFrequent(\"%s\").",
            who, name, table.column(name).type(), name);
      }
    }
    return with(s -> names.forEach(name -> s.fills.put(name, fill)));
  }

  /**
   * A random split: {@code fraction} of the rows are {@code train()}, on which the preprocessing is
   * fitted, the others {@code test()}, to which it is applied.
   *
   * @throws IllegalArgumentException if a part would be empty, or a value cannot be used; the
   *     message names the column and row
   */
  @Override
  public Split split(double fraction, long seed) {
    int[] rows = settings.rows(table);
    int cut = Split.trainSize(rows.length, fraction);
    int[] shuffled =
        Arrays.stream(Permutations.shuffled(rows.length, seed)).map(i -> rows[i]).toArray();
    return cut(
        table.name(),
        rows,
        Arrays.copyOf(shuffled, cut),
        Arrays.copyOfRange(shuffled, cut, shuffled.length));
  }

  /** Fits the preprocessing on the training rows only. */
  private Split cut(String name, int[] rows, int[] train, int[] test) {
    var learnt = settings.fit(table, train, rows);
    return new Split(name, learnt.rows(table, train), learnt.rows(table, test));
  }

  /**
   * The splits of a k-fold cross-validation, after shuffling: each fold is {@code test()} once, and
   * the preprocessing is fitted anew on the other rows.
   *
   * @throws IllegalArgumentException for fewer than 2 folds, or more folds than rows
   */
  @Override
  public List<Split> kFold(int folds, long seed) {
    int[] rows = settings.rows(table);
    int[] shuffled =
        Arrays.stream(Permutations.shuffled(rows.length, seed)).map(i -> rows[i]).toArray();
    List<Split> splits = new ArrayList<>();
    for (int[] test : Folds.bounds(rows.length, folds)) {
      splits.add(
          cut(
              Folds.name(splits.size() + 1, folds),
              rows,
              Arrays.stream(Folds.outside(test, rows.length)).map(i -> shuffled[i]).toArray(),
              Arrays.copyOfRange(shuffled, test[0], test[1])));
    }
    return List.copyOf(splits);
  }

  /** The first rows, preprocessed. */
  public TextTable head() {
    return head(SHOWN);
  }

  /** The first {@code count} rows, preprocessed. */
  public TextTable head(int count) {
    if (count < 1) {
      throw Messages.wrong(
          "head expects a count of 1 or more but receives %d: 5 is a good first look.", count);
    }
    return all().head(count);
  }

  /** A copy of the table. */
  public Table table() {
    return table.copy();
  }

  /**
   * A scatter plot of the first two numeric features, coloured by class; for a numeric target, of
   * the first feature and the target. The values are those of the table.
   */
  public Figure plot() {
    return TablePlot.of(table, settings);
  }

  /** A scatter plot of two columns: {@code plot("weight", "mpg")}. */
  public Figure plot(String x, String y) {
    return TablePlot.of(table, settings, ColumnNames.of("plot", table, x, y));
  }

  @Override
  protected TableRows load() {
    int[] rows = settings.rows(table);
    return settings.fit(table, rows, rows).rows(table, rows);
  }

  private TableRows all() {
    return (TableRows) loaded();
  }

  /** A description of each feature; if preprocessing fails, of the columns, with the error. */
  private TextTable shown() {
    try {
      return all().shown();
    } catch (IllegalArgumentException e) {
      return new TextTable(
          Messages.of("%s: %d rows", table.name(), table.rowCount()),
          List.of(Column.words("column"), Column.words("holds"), Column.numbers("missing")),
          table.columns().stream()
              .map(
                  column ->
                      List.of(
                          column.name(),
                          column.type().toString(),
                          Integer.toString(column.countMissing())))
              .toList(),
          List.of(e.getMessage()));
    }
  }

  @Override
  public Map<String, String> mimeBundle() {
    return shown().mimeBundle();
  }

  @Override
  public String toString() {
    return shown().toString();
  }
}
