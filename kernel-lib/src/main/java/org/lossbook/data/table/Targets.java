package org.lossbook.data.table;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.lossbook.base.Messages;
import org.lossbook.engine.Memory;
import tech.tablesaw.api.Table;

/** The targets of a table: one or several numbers, or a class. */
sealed interface Targets {
  /** The shape of one target, without the batch. */
  int[] shape();

  /** The names of the target columns. */
  List<String> columns();

  /** The names of the classes; empty for measurements. */
  List<String> classNames();

  /** Whether the targets are labels. */
  boolean isLabels();

  /** Reads the targets of these rows, row after row. */
  float[] of(String who, Table table, int[] rows);

  /** A description in words. */
  String described();

  /**
   * Numeric targets, in the unit of the table.
   *
   * @param classNames the class names, if a single column holds the integers 0 to k−1, each of
   *     which occurs
   */
  record Measured(List<String> columns, List<String> classNames) implements Targets {
    @Override
    public int[] shape() {
      return columns.size() == 1 ? new int[0] : new int[] {columns.size()};
    }

    @Override
    public boolean isLabels() {
      return !classNames.isEmpty();
    }

    @Override
    public float[] of(String who, Table table, int[] rows) {
      float[] all =
          new float
              [Memory.length(
                  Messages.of("table of %,d targets a row", columns.size()),
                  Float.BYTES,
                  "take fewer rows or targets",
                  rows.length,
                  columns.size())];
      for (int c = 0; c < columns.size(); c++) {
        var column = table.column(columns.get(c));
        Cells.whole(
            who,
            column,
            rows,
            "a target is never guessed, so leave such rows out with .dropMissing()");
        if (!Cells.isNumber(column)) {
          throw Messages.wrong(
              "%s expects numbers in the target %s but receives %s: fix the column.",
              who, column.name(), column.type());
        }
        for (int i = 0; i < rows.length; i++) {
          all[i * columns.size() + c] = (float) NumberEncoder.finite(who, column, rows[i]);
        }
      }
      return all;
    }

    @Override
    public String described() {
      return isLabels()
          ? Messages.of("labels 0 to %d", classNames.size() - 1)
          : Messages.of("in %s own unit", columns.size() == 1 ? "its" : "their");
    }
  }

  /**
   * A class, as its index among the names.
   *
   * @param oneHot whether the targets are one-hot
   */
  record Classes(String column, List<String> classNames, boolean oneHot) implements Targets {
    @Override
    public List<String> columns() {
      return List.of(column);
    }

    @Override
    public int[] shape() {
      return oneHot ? new int[] {classNames.size()} : new int[0];
    }

    @Override
    public boolean isLabels() {
      return !oneHot;
    }

    @Override
    public float[] of(String who, Table table, int[] rows) {
      var from = table.column(column);
      Cells.whole(
          who, from, rows, "a target is never guessed, so leave such rows out with .dropMissing()");
      int width = oneHot ? classNames.size() : 1;
      float[] all =
          new float
              [Memory.length(
                  Messages.of("oneHot of %,d classes", width),
                  Float.BYTES,
                  "leave the labels as they are, with sparseCategoricalCrossentropy()",
                  rows.length,
                  width)];
      for (int i = 0; i < rows.length; i++) {
        String name = Cells.category(from, rows[i]);
        int label = classNames.indexOf(name);
        if (label < 0) {
          throw Messages.wrong(
              "%s expects in %s one of the classes %s but row %d has %s: fix or drop that row.",
              who, column, Categories.listed(classNames), rows[i], name);
        }
        all[i * width + (oneHot ? label : 0)] = oneHot ? 1 : label;
      }
      return all;
    }

    @Override
    public String described() {
      return (oneHot ? "rows with a 1 for " : "labels ")
          + IntStream.range(0, Math.min(12, classNames.size()))
              .mapToObj(i -> i + " " + classNames.get(i))
              .collect(Collectors.joining(", "))
          + (classNames.size() > 12 ? ", …" : "");
    }
  }
}
