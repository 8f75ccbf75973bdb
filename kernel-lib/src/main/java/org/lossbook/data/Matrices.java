package org.lossbook.data;

/** Vectors and matrices, written as a reader writes them. */
public final class Matrices {
  private Matrices() {}

  /** Numbers as one row: {@code vector(3, 5)}. */
  public static double[] vector(double... values) {
    return values;
  }

  /**
   * Rows as a matrix: {@code matrix(row(1, 2), row(3, 4))}.
   *
   * @throws IllegalArgumentException where the rows differ in length
   */
  public static double[][] matrix(double[]... rows) {
    for (double[] row : rows) {
      if (row.length != rows[0].length) {
        throw new IllegalArgumentException(
            "matrix expects rows of equal length but receives one of %d beside one of %d: fill the short row in or cut the long one."
                .formatted(row.length, rows[0].length));
      }
    }
    return rows;
  }
}
