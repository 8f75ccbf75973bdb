package org.lossbook.data.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
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
 * A table as features and a target, said in chained calls.
 *
 * <pre>{@code
 * var cars = csv("cars.csv");
 * var data = table(cars).features("weight", "power").target("mpg").standardized().split(0.8, 42);
 * model.fit(data.train(), epochs(100).quiet());
 * model.evaluate(data.test());
 * model.predict(data.prepare(csv("new-cars.csv")));
 * }</pre>
 *
 * <p>Numbers go in as they are, unless they are to be {@linkplain #standardized() standardized} or
 * {@linkplain #normalized() normalized}; truths as 0 and 1; a column of text as one feature for
 * each of its categories, {@code colour=red}, which is 1 or 0. What is missing is refused, unless
 * something is said about it. A target of numbers stays in its own unit; one of text or truths is a
 * class, labels 0 to k−1 in the order of the letters (numbers: of their size), unless {@link
 * #classes} orders them.
 *
 * <p>Whatever is learnt from the rows (means, categories, fillings) is learnt when they are used:
 * after a {@link #split split} from the rows for training alone, and applied to the others; without
 * one from all. Only what classes there are is taken from the whole table.
 */
public final class TableData extends LazyDataset implements Renderable {
  private static final int SHOWN = 5;

  private final Table table;
  private final TableSettings settings;

  private TableData(Table table, TableSettings settings) {
    this.table = table;
    this.settings = settings;
  }

  /** All columns of a copy of this table; {@link #target} says what is to be predicted. */
  public static TableData of(Table table) {
    if (table == null || table.columnCount() == 0) {
      throw new IllegalArgumentException(
          "table expects a table with columns but receives %s: read one with csv(\"…\")."
              .formatted(table == null ? "null" : "none"));
    }
    return new TableData(table.copy(), new TableSettings());
  }

  private TableData with(Consumer<TableSettings> change) {
    var changed = settings.copy();
    change.accept(changed);
    return new TableData(table, changed);
  }

  /** The columns to predict from, in this order; without this call all but the target. */
  public TableData features(String... columns) {
    List<String> names = ColumnNames.of("features", table, columns);
    return with(s -> s.features = Optional.of(names));
  }

  /** All columns but these, such as a name or a number that only tells rows apart. */
  public TableData without(String... columns) {
    List<String> names = ColumnNames.of("without", table, columns);
    return with(s -> s.without = names);
  }

  /** What is to be predicted: a column of numbers or of classes, or several of numbers. */
  public TableData target(String... columns) {
    List<String> names = ColumnNames.of("target", table, columns);
    return with(s -> s.targets = names);
  }

  /** Columns whose numbers are names, such as a month: a feature, or a class, for each of them. */
  public TableData categorical(String... columns) {
    List<String> names = ColumnNames.of("categorical", table, columns);
    return with(s -> s.categorical = names);
  }

  /** The target's classes in the order of their labels: {@code classes("low", "high")}. */
  public TableData classes(String... names) {
    List<String> order = ColumnNames.given("classes", "names of classes", names);
    return with(s -> s.classes = order);
  }

  /** The target's class as a row with a 1 at its place, for {@code categoricalCrossentropy}. */
  public TableData oneHot() {
    return with(s -> s.oneHot = true);
  }

  /**
   * Numeric features with mean 0 and standard deviation 1 over the rows trained on: {@code (x −
   * mean) / sd}, the sd of these rows themselves (divided by n). Categories and truths stay 0 and
   * 1; a column that is the same in every row becomes 0.
   */
  public TableData standardized() {
    return with(s -> s.scaling = Scaling.STANDARDIZED);
  }

  /**
   * Numeric features from 0, for the least of the rows trained on, to 1, for the greatest; other
   * rows may lie outside.
   */
  public TableData normalized() {
    return with(s -> s.scaling = Scaling.NORMALIZED);
  }

  /** Missing numbers become the column's mean; without names in all numeric columns. */
  public TableData missingToMean(String... columns) {
    return filled("missingToMean", Imputation.Strategy.MEAN, columns);
  }

  /** Missing numbers become the column's median; without names in all numeric columns. */
  public TableData missingToMedian(String... columns) {
    return filled("missingToMedian", Imputation.Strategy.MEDIAN, columns);
  }

  /**
   * What is missing becomes the column's most frequent value; without names in all columns of text
   * and truths.
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

  /** What is missing in this column becomes this value: {@code missingTo("colour", "unknown")}. */
  public TableData missingTo(String column, Object value) {
    String name = ColumnNames.of("missingTo", table, column).get(0);
    var of = table.column(name);
    boolean fits =
        Cells.isNumber(of)
            ? value instanceof Number
            : Cells.isBoolean(of) ? value instanceof Boolean : value instanceof String;
    if (!fits || (value instanceof Number number && !Float.isFinite(number.floatValue()))) {
      throw new IllegalArgumentException(
          "missingTo expects %s for %s but receives %s: the column holds %s."
              .formatted(
                  Cells.isNumber(of)
                      ? "a number"
                      : Cells.isBoolean(of) ? "true or false" : "a text",
                  name,
                  value instanceof String || value instanceof Number || value instanceof Boolean
                      ? value
                      : Require.kind(value),
                  of.type()));
    }
    return with(s -> s.fills.put(name, new Imputation.Constant(value)));
  }

  /** Rows where a feature or the target is missing are left out, before any split. */
  public TableData dropMissing() {
    return with(s -> s.dropsMissing = true);
  }

  /** A category that training did not know becomes zeros instead of an error. */
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
        throw new IllegalArgumentException(
            "%s expects columns of numbers but %s holds %s: use .missingToMostFrequent(\"%s\")."
                .formatted(who, name, table.column(name).type(), name));
      }
    }
    return with(s -> names.forEach(name -> s.fills.put(name, fill)));
  }

  /**
   * Shuffles the rows with this seed and cuts: {@code fraction} of them are {@code train()}, from
   * which everything is learnt, the others {@code test()}, to which it is applied.
   *
   * @throws IllegalArgumentException where a part would be empty, or where a value cannot be used:
   *     which column and which row
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

  /** Everything is learnt from the rows to train on. */
  private Split cut(String name, int[] rows, int[] train, int[] test) {
    var learnt = settings.fit(table, train, rows);
    return new Split(name, learnt.rows(table, train), learnt.rows(table, test));
  }

  /**
   * Shuffles the rows with this seed and cuts them into so many folds, each of which is {@code
   * test()} once; everything is learnt from the rows of the others anew.
   *
   * @throws IllegalArgumentException for less than 2 folds, or more than there are rows
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

  /** The first rows as a model gets them. */
  public TextTable head() {
    return head(SHOWN);
  }

  /** The first {@code count} rows as a model gets them. */
  public TextTable head(int count) {
    if (count < 1) {
      throw new IllegalArgumentException(
          "head expects a count of 1 or more but receives %d: 5 is a good first look."
              .formatted(count));
    }
    return all().head(count);
  }

  /** A copy of the table itself. */
  public Table table() {
    return table.copy();
  }

  /**
   * Two columns as points, as they stand in the table: the first two features of numbers, coloured
   * by class; where a number is to be predicted, the first feature and the target.
   */
  public Figure plot() {
    return TablePlot.of(table, settings);
  }

  /** Two columns as points: {@code plot("weight", "mpg")}. */
  public Figure plot(String x, String y) {
    return TablePlot.of(table, settings, ColumnNames.of("plot", table, x, y));
  }

  @Override
  protected TableRows make() {
    int[] rows = settings.rows(table);
    return settings.fit(table, rows, rows).rows(table, rows);
  }

  private TableRows all() {
    return (TableRows) made();
  }

  /** What each feature is; where that cannot be said yet, the columns and why. */
  private TextTable shown() {
    try {
      return all().shown();
    } catch (IllegalArgumentException e) {
      return new TextTable(
          "%s: %d rows".formatted(table.name(), table.rowCount()),
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
