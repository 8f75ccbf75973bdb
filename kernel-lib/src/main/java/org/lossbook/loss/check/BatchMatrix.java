package org.lossbook.loss.check;

import java.util.Arrays;
import org.lossbook.data.Values;
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

  @Override
  public String toString() {
    return shape.length == 0 ? "one number" : Arrays.toString(shape);
  }
}
