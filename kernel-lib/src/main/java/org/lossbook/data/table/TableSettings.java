package org.lossbook.data.table;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.lossbook.base.Messages;
import org.lossbook.data.view.LabelDetection;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** The settings of table data. A specification keeps one and never changes it. */
final class TableSettings {
  private static final int MOST_CATEGORIES = 100;
  private static final int FEW_ROWS = 20; // with fewer rows, distinct texts may be categories

  Optional<List<String>> features = Optional.empty();
  List<String> without = List.of();
  List<String> targets = List.of();
  List<String> categorical = List.of();
  List<String> texts = List.of();
  List<String> classes = List.of();
  boolean oneHot;
  boolean ignoresUnknown;
  boolean dropsMissing;
  Scaling scaling = Scaling.AS_IS;
  Optional<Imputation> numbersFill = Optional.empty();
  Optional<Imputation> othersFill = Optional.empty();
  final Map<String, Imputation> fills = new HashMap<>();

  TableSettings copy() {
    var copy = new TableSettings();
    copy.features = features;
    copy.without = without;
    copy.targets = targets;
    copy.categorical = categorical;
    copy.texts = texts;
    copy.classes = classes;
    copy.oneHot = oneHot;
    copy.ignoresUnknown = ignoresUnknown;
    copy.dropsMissing = dropsMissing;
    copy.scaling = scaling;
    copy.numbersFill = numbersFill;
    copy.othersFill = othersFill;
    copy.fills.putAll(fills);
    return copy;
  }

  /** The names of the feature columns. */
  List<String> featureColumns(Table table) {
    List<String> columns = new ArrayList<>(features.orElse(table.columnNames()));
    columns.removeAll(without);
    if (features.isEmpty()) {
      columns.removeAll(targets);
    }
    if (columns.isEmpty()) {
      throw Messages.wrong(
          "table expects at least one feature but none is left of %s: name them with .features(…).",
          Categories.listed(table.columnNames()));
    }
    for (String target : targets) {
      if (columns.contains(target)) {
        throw Messages.wrong(
            "table expects features that do not give the answer away but %s is also the target: leave it out of features.",
            target);
      }
    }
    return columns;
  }

  /** The rows to use: all, or those without missing values. */
  int[] rows(Table table) {
    List<String> needed = new ArrayList<>(featureColumns(table));
    needed.addAll(targets);
    int[] rows =
        IntStream.range(0, table.rowCount())
            .filter(
                row ->
                    !dropsMissing
                        || needed.stream().noneMatch(name -> table.column(name).isMissing(row)))
            .toArray();
    if (rows.length == 0) {
      throw new IllegalArgumentException(
          table.rowCount() == 0
              ? "table expects at least one row but has none: check how they were read or selected."
              : Messages.of(
                  "table expects a row with a value in every column but none of %d has: leave out the column with the most gaps with .without(…).",
                  table.rowCount()));
    }
    return rows;
  }

  /**
   * Fits the preprocessing on some rows of the table.
   *
   * @param all all rows, which determine the classes
   */
  TablePreparation fit(Table table, int[] rows, int[] all) {
    List<Encoder> encoders =
        featureColumns(table).stream().map(name -> encoder(table.column(name), rows)).toList();
    return new TablePreparation(encoders, targets(table, all), rows.length);
  }

  private Encoder encoder(Column<?> column, int[] rows) {
    String name = column.name();
    boolean chosen = categorical.contains(name);
    if (texts.contains(name)) {
      return TextEncoder.fit(
          column, rows, Optional.ofNullable(fills.get(name)).or(() -> othersFill));
    }
    if (!chosen && (Cells.isNumber(column) || Cells.isBoolean(column))) {
      Optional<Imputation> all = Cells.isNumber(column) ? numbersFill : othersFill;
      return NumberEncoder.fit(
          column, rows, Optional.ofNullable(fills.get(name)).or(() -> all), scaling);
    }
    if (!chosen && !Cells.isText(column)) {
      throw kind(column);
    }
    var encoder =
        CategoryEncoder.fit(
            column,
            rows,
            Optional.ofNullable(fills.get(name)).or(() -> othersFill),
            ignoresUnknown);
    if (!chosen) {
      MixedColumnCheck.refuse(
          name, encoder.categories(), "keep a feature for each with .categorical(\"%s\")");
    }
    int categories = encoder.categories().size();
    boolean names = categories == rows.length && rows.length >= FEW_ROWS;
    boolean areMany = !chosen && (categories > MOST_CATEGORIES || names);
    if (areMany && features.filter(List.of(name)::equals).isPresent()) { // nothing but texts
      return TextEncoder.fit(
          column, rows, Optional.ofNullable(fills.get(name)).or(() -> othersFill));
    }
    if (areMany) {
      throw Messages.wrong(
          "table expects categories in %s but it has %d different texts in %d rows: leave it out with .without(\"%s\"), or keep a feature for each with .categorical(\"%s\").",
          name, categories, rows.length, name, name);
    }
    return encoder;
  }

  private static IllegalArgumentException kind(Column<?> column) {
    String name = column.name();
    return Messages.wrong(
        "table expects numbers, strings or booleans but %s holds %s: leave it out with .without(\"%s\"), or add what matters in it as a numeric column, such as a date's .year().",
        name, column.type(), name);
  }

  /** The targets. */
  Targets targets(Table table) {
    return targets(table, rows(table));
  }

  private Targets targets(Table table, int[] all) {
    if (targets.isEmpty()) {
      throw Messages.wrong(
          "table expects a target but none is chosen of %s: name what to predict with .target(\"%s\").",
          Categories.listed(table.columnNames()), table.columnNames().get(table.columnCount() - 1));
    }
    Column<?> column = table.column(targets.get(0));
    if (targets.size() == 1 && isClass(column)) {
      return classes(column, all);
    }
    for (String name : targets) {
      if (!Cells.isNumber(table.column(name))) {
        throw targets.size() == 1 ? kind(table.column(name)) : several(table.column(name));
      }
    }
    return measured(table, all);
  }

  /** Whether a target is categorical. */
  private boolean isClass(Column<?> column) {
    return Cells.isText(column)
        || Cells.isBoolean(column)
        || categorical.contains(column.name())
        || !classes.isEmpty();
  }

  private static IllegalArgumentException several(Column<?> column) {
    return Messages.wrong(
        "several targets must be numbers but %s holds %s: predict a class on its own, with .target(\"%s\").",
        column.name(), column.type(), column.name());
  }

  private Targets measured(Table table, int[] all) {
    var numbers = new Targets.Measured(targets, List.of());
    List<String> labels =
        targets.size() == 1
            ? LabelDetection.classNames(numbers.of("table", table, all))
            : List.of();
    if (oneHot && labels.isEmpty()) {
      throw Messages.wrong(
          "oneHot expects a target of classes but %s holds measurements: make classes of its numbers with .categorical(\"%s\").",
          targets.get(0), targets.get(0));
    }
    return oneHot
        ? new Targets.Classes(targets.get(0), labels, true)
        : new Targets.Measured(targets, labels);
  }

  private Targets classes(Column<?> column, int[] all) {
    List<String> found = List.copyOf(Categories.counted(column, all).keySet());
    if (classes.isEmpty() && !categorical.contains(column.name())) {
      MixedColumnCheck.refuse(
          column.name(), found, "treat them as classes with .categorical(\"%s\")");
    }
    List<String> names = classes.isEmpty() ? found : classes;
    for (String name : found) {
      if (!names.contains(name)) {
        throw Messages.wrong(
            "classes expects every class of %s but leaves out %s: name them all, %s.",
            column.name(), name, Categories.listed(found));
      }
    }
    if (names.size() < 2) {
      throw Messages.wrong(
          "table expects two classes or more in the target %s but finds %s alone: there is nothing to classify.",
          column.name(), names);
    }
    return new Targets.Classes(column.name(), names, oneHot);
  }
}
