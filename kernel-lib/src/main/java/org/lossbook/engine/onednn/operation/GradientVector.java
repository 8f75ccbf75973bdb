package org.lossbook.engine.onednn.operation;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.RowGradient;

/**
 * The gradients of a model's trainable parameters: one vector, and beside it the tables whose
 * gradient is kept by rows. Such a table's part of the vector is filled when it is read, so that a
 * training step, which does not, leaves it alone.
 */
final class GradientVector {
  private final NativeVector numbers;
  private final List<Table> tables = new ArrayList<>();

  /**
   * The tables whose last gradient is by rows; replaced as a whole, so that a step reads one field.
   */
  private volatile List<RowGradient> byRows = List.of();

  /** A table, and whether its part of the vector has the rows' numbers, and any but zeros. */
  private static final class Table {
    private final RowGradient rows;
    private final float[] sum;
    private boolean isByRows;
    private boolean isSpread;
    private boolean isDirty;

    Table(RowGradient rows) {
      this.rows = rows;
      sum = new float[rows.width()];
    }

    int from() {
      return rows.slot().offset();
    }

    int size() {
      return rows.slot().size();
    }

    boolean meets(int offset, int count) {
      return offset < from() + size() && from() < offset + count;
    }
  }

  GradientVector(int size) {
    numbers = new NativeVector(size);
  }

  /** The tables whose gradient the last backward pass left by rows. */
  List<RowGradient> byRows() {
    return byRows;
  }

  /** The rows of a table. */
  synchronized RowGradient rows(Parameters.Slot slot) {
    for (Table table : tables) {
      if (table.from() == slot.offset()) {
        return table.rows;
      }
    }
    var table = new Table(new RowGradient(slot));
    tables.add(table);
    return table.rows;
  }

  private Table table(RowGradient rows) {
    for (int i = 0; i < tables.size(); i++) {
      if (tables.get(i).rows == rows) {
        return tables.get(i);
      }
    }
    throw new IllegalStateException("These rows are of another model.");
  }

  /**
   * Begins a table's gradient.
   *
   * @param byRows whether it is that of its rows alone; else the rows are written or added to the
   *     vector at the end
   */
  synchronized void begin(RowGradient rows, boolean byRows) {
    Table table = table(rows);
    rows.begin();
    table.isSpread = false;
    byRows(table, byRows);
  }

  /** Adds a table's rows to what other operations have written into its part of the vector. */
  synchronized void add(RowGradient rows) {
    Table table = table(rows);
    table.isDirty = true;
    float[] sum = table.sum;
    for (int i = 0; i < rows.count(); i++) {
      int start = rows.starts()[i];
      numbers.read(start, sum, 0, sum.length);
      for (int k = 0; k < sum.length; k++) {
        sum[k] += rows.values()[i * sum.length + k];
      }
      numbers.write(start, sum, 0, sum.length);
    }
  }

  /** Writes a table's rows, and zeros between them, into its part of the vector. */
  synchronized void spread(RowGradient rows) {
    spread(table(rows));
  }

  private void spread(Table table) {
    if (table.isDirty) {
      numbers.zero(table.from(), table.size());
    }
    RowGradient rows = table.rows;
    numbers.writeRows(0, rows.starts(), 0, rows.count(), rows.width(), rows.values());
    table.isSpread = true;
    table.isDirty = true;
  }

  private void byRows(Table table, boolean is) {
    if (table.isByRows != is) {
      table.isByRows = is;
      collect();
    }
  }

  private void collect() {
    byRows = tables.stream().filter(table -> table.isByRows).map(table -> table.rows).toList();
  }

  void read(int offset, float[] into, int count) {
    if (!byRows.isEmpty()) {
      spread(offset, count);
    }
    numbers.read(offset, into, 0, count);
  }

  private synchronized void spread(int offset, int count) {
    for (int i = 0; i < tables.size(); i++) {
      Table table = tables.get(i);
      if (table.isByRows && !table.isSpread && table.meets(offset, count)) {
        spread(table);
      }
    }
  }

  void write(int offset, float[] from, int count) {
    if (!byRows.isEmpty()) {
      take(offset, count);
    }
    numbers.write(offset, from, 0, count);
  }

  /** Lets the caller write a part of the vector. */
  private synchronized void take(int offset, int count) {
    for (Table table : tables) {
      if (table.isByRows && table.meets(offset, count)) {
        spread(table.rows);
        byRows(table, false);
      }
    }
  }

  /** Sets all to zero, but for tables that are zero already, which may be most of the memory. */
  synchronized void zero() {
    int from = 0;
    for (Table table : sorted()) {
      numbers.zero(from, table.from() - from);
      if (table.isDirty) {
        numbers.zero(table.from(), table.size());
      }
      table.isDirty = false;
      table.isByRows = false;
      from = table.from() + table.size();
    }
    numbers.zero(from, numbers.size - from);
    collect();
  }

  private List<Table> sorted() {
    return tables.stream().sorted((a, b) -> Integer.compare(a.from(), b.from())).toList();
  }

  Pointer at(int offset) {
    return numbers.at(offset);
  }

  void release() {
    numbers.release();
  }
}
