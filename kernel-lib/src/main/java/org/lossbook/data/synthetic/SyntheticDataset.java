package org.lossbook.data.synthetic;

import java.util.Map;
import org.lossbook.base.Messages;
import org.lossbook.data.DataException;
import org.lossbook.data.LazyDataset;
import org.lossbook.data.Split;
import org.lossbook.data.table.TableData;
import org.lossbook.engine.Memory;
import org.lossbook.notebook.Renderable;
import org.lossbook.plot.Figure;
import tech.tablesaw.api.Table;

/**
 * A synthetic dataset, generated from a seed. A model can be fitted to it directly; {@link
 * #table()} returns its rows, {@link #data()} a {@link TableData} of them, {@link #truth()} the
 * ground truth. The same seed generates the same numbers on every machine; the default is 0.
 */
public abstract sealed class SyntheticDataset extends LazyDataset implements Renderable
    permits MakeBlobs, MakeClassification, MakeMoons, MakeRegression {
  private static final int MOST_FEATURES = 5_000; // a table compares each new name with all others
  private static final int BYTES_A_NUMBER = 20; // two doubles and, for a model, a float
  private static final int BYTES_A_ROW = 60; // the row itself, its index in the order, its target

  /** Generates the data; the order in which numbers are drawn never changes. */
  abstract TableData generate();

  /** The ground truth: the parameters that a perfect model would find. */
  public abstract Table truth();

  /**
   * The rows as a table: a column for each feature, {@code x1}, {@code x2}, …, and one for the
   * target.
   */
  public Table table() {
    return data().table();
  }

  /** The rows as table data, to be standardized, split and so on: {@code data().standardized()}. */
  public TableData data() {
    return (TableData) loaded();
  }

  @Override
  protected final TableData load() {
    return generate();
  }

  /**
   * A scatter plot of the first two features, coloured by class, or of the first feature and the
   * target.
   */
  public Figure plot() {
    return data().plot();
  }

  /** Checks a number of features. */
  static int columns(int value) {
    if (count("features", "features", 1, value) > MOST_FEATURES) {
      throw Messages.wrong(
          "features expects at most %,d, each of which is a column of a table, but receives %,d: ask for fewer.",
          MOST_FEATURES, value);
    }
    return value;
  }

  static int count(String who, String what, int least, int value) {
    if (value < least) {
      throw Messages.wrong(
          "%s expects %d or more %s but receives %d: %d is a good first choice.",
          who, least, what, value, Math.max(least, 100));
    }
    return value;
  }

  /** Refuses more rows than fit into memory, as arrays and as a table. */
  static void room(String who, int rows, int columns) {
    Memory.heap(
        Messages.of("%s(%d) of %,d %s", who, rows, columns, columns == 1 ? "feature" : "features"),
        Memory.product(rows, BYTES_A_ROW + BYTES_A_NUMBER * (long) columns),
        "ask for fewer rows or features");
  }

  /** Throws if the cell was interrupted. */
  static void checkInterrupt(String who, int done, int rows) {
    if (Thread.currentThread().isInterrupted()) {
      throw new DataException.Interrupted(
          Messages.of("%s was interrupted after %,d of %,d rows.", who, done, rows));
    }
  }

  static double positive(String who, double value) {
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw Messages.wrong(
          "%s expects 0 or more but receives %s: it is a standard deviation, in the unit of the numbers.",
          who, value);
    }
    return value;
  }

  @Override
  public Split split(double fraction, long seed) {
    return data().split(fraction, seed);
  }

  @Override
  public Map<String, String> mimeBundle() {
    return data().head().mimeBundle();
  }

  /** The first rows. */
  @Override
  public String toString() {
    return data().head().toString();
  }
}
