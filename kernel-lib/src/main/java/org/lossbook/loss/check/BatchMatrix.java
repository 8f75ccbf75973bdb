package org.lossbook.loss.check;

import java.util.Arrays;
import org.lossbook.base.Messages;
import org.lossbook.data.Values;
import org.lossbook.engine.Shapes;
import org.lossbook.loss.spec.LossSpec;

/** Numbers as rows and columns, and the shape in which they came. */
record BatchMatrix(double[] numbers, int rows, int columns, int[] shape) {
  /** Reads whatever a reader may type; a vector is one row where {@code vectorIsRow}. */
  static BatchMatrix of(LossSpec loss, Object given, boolean vectorIsRow) {
    Values values = Values.of(loss.name(), given);
    int[] shape = values.shape();
    int columns = shape.length > 1 || vectorIsRow && shape.length > 0 ? shape[shape.length - 1] : 1;
    return new BatchMatrix(values.toDoubles(), values.size() / columns, columns, shape);
  }

  /** Whether its rows are positions of its samples. */
  boolean isDeep() {
    return shape.length > 2;
  }

  /** The shape without its columns; of a vector or a matrix, the number of its rows. */
  int[] positions() {
    return positions(rows, shape);
  }

  static int[] positions(int rows, int... shape) {
    return shape.length > 2 ? Arrays.copyOf(shape, shape.length - 1) : new int[] {rows};
  }

  /** This truth with a row for each of a prediction's, with or without ones at its shape's end. */
  BatchMatrix beside(LossSpec loss, BatchMatrix prediction) {
    boolean isOneEach = loss.target().isOnePerSample();
    int[] wanted = isOneEach ? prediction.positions() : prediction.shape;
    if (!Arrays.equals(Shapes.trimmed(shape), Shapes.trimmed(wanted))) {
      throw Messages.wrong(
          "%s expects y %s but receives %s and %s: %s.",
          loss.name(),
          isOneEach ? Arrays.toString(wanted) + " beside this ŷ" : "in the shape of ŷ",
          this,
          prediction,
          isOneEach && Arrays.equals(shape, prediction.shape)
              ? "use categoricalCrossentropy() for one-hot rows"
              : isOneEach ? "give a number for each row of ŷ" : "give both a row for each sample");
    }
    return new BatchMatrix(
        numbers, prediction.rows, isOneEach ? 1 : prediction.columns, prediction.shape);
  }

  @Override
  public String toString() {
    return shape.length == 0 ? "one number" : Arrays.toString(shape);
  }
}
