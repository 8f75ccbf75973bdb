package org.lossbook.data.table;

import static org.lossbook.notebook.TextTable.Column.numbers;
import static org.lossbook.notebook.TextTable.Column.words;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.lossbook.base.Messages;
import org.lossbook.data.Dataset;
import org.lossbook.data.Preparation;
import org.lossbook.data.Values;
import org.lossbook.data.view.Descriptions;
import org.lossbook.engine.Memory;
import org.lossbook.notebook.TextTable;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * Preprocessing fitted on training rows. A cell that ends with it describes each feature.
 *
 * @param rows the number of training rows
 */
record TablePreparation(List<Encoder> encoders, Targets targets, int rows) implements Preparation {
  /** Copies the list. */
  TablePreparation {
    encoders = List.copyOf(encoders);
  }

  /** The names of the features, in order. */
  List<String> featureNames() {
    return encoders.stream().flatMap(encoder -> encoder.names().stream()).toList();
  }

  /** The columns that are texts. */
  List<String> textNames() {
    return encoders.stream().filter(TextEncoder.class::isInstance).map(Encoder::column).toList();
  }

  /** The names of the features that are numbers. */
  List<String> numberNames() {
    return encoders.stream()
        .filter(encoder -> !(encoder instanceof TextEncoder))
        .flatMap(encoder -> encoder.names().stream())
        .toList();
  }

  /** The name of each number of a target. */
  List<String> targetNames() {
    return targets.shape().length == 0 || targets.columns().size() > 1
        ? targets.columns()
        : targets.classNames().stream().map(name -> targets.columns().get(0) + "=" + name).toList();
  }

  @Override
  public Dataset prepare(Table table) {
    if (table == null) {
      throw new IllegalArgumentException(
          "prepare expects a table but receives null: read one with csv(\"…\").");
    }
    if (table.rowCount() == 0) {
      throw new IllegalArgumentException(
          "prepare expects at least one row but receives none: check how they were selected.");
    }
    int[] all = IntStream.range(0, table.rowCount()).toArray();
    return rows(
        "prepare",
        table,
        all,
        () -> {
          targets.columns().forEach(name -> ColumnNames.column("prepare", table, name));
          return targets.of("prepare", table, all);
        });
  }

  /** Preprocesses rows of the table that it was fitted on. */
  TableRows rows(Table table, int[] chosen) {
    float[] y = targets.of("table", table, chosen);
    return rows("table", table, chosen, () -> y);
  }

  private TableRows rows(String who, Table table, int[] chosen, Supplier<float[]> y) {
    List<Encoder> numbers =
        encoders.stream().filter(encoder -> !(encoder instanceof TextEncoder)).toList();
    int width = numbers.stream().mapToInt(encoder -> encoder.names().size()).sum();
    float[] x =
        new float
            [Memory.length(
                Messages.of("table of %,d columns, those of categories one each,", width),
                Float.BYTES,
                "leave columns with many categories out",
                chosen.length,
                width)];
    int at = 0;
    float[] cells = new float[width];
    for (Encoder encoder : numbers) {
      Column<?> column = ColumnNames.column(who, table, encoder.column());
      encoder.check(who, column);
      int count = encoder.names().size();
      for (int i = 0; i < chosen.length; i++) {
        encoder.encode(who, column, chosen[i], cells, 0);
        System.arraycopy(cells, 0, x, i * width + at, count);
      }
      at += count;
    }
    List<Object> values = new ArrayList<>();
    for (Encoder encoder : encoders) {
      if (encoder instanceof TextEncoder texts) {
        Column<?> column = ColumnNames.column(who, table, texts.column());
        values.add(texts.texts(who, column, chosen));
      }
    }
    if (width > 0) {
      values.add(Values.of(x, chosen.length, width));
    }
    return new TableRows(this, values, chosen.length, y);
  }

  TextTable shown() {
    List<String> footer = new ArrayList<>();
    encoders.forEach(encoder -> footer.addAll(encoder.notes()));
    footer.add(
        Messages.of("target %s: %s", String.join(", ", targets.columns()), targets.described()));
    return new TextTable(
        Messages.of(
            "%d features, learned from %s rows", featureNames().size(), Descriptions.count(rows)),
        List.of(
            words("feature"),
            words("kind"),
            numbers("mean"),
            numbers("sd"),
            numbers("least"),
            numbers("greatest"),
            words("what the model receives")),
        encoders.stream().flatMap(encoder -> encoder.described().stream()).toList(),
        footer);
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
