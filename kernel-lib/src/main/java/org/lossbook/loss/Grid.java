package org.lossbook.loss;

/** Numbers as rows and columns, and the shape in which they came. */
record Grid(double[] numbers, int rows, int columns, String shape) {

  /** Reads whatever a reader may type; a vector is one row where {@code vectorIsRow}. */
  static Grid of(Loss loss, String what, Object given, boolean vectorIsRow) {
    if (given instanceof Number number) {
      return new Grid(new double[] {number.doubleValue()}, 1, 1, "one number");
    }
    if (given instanceof double[] vector) {
      return vector(loss, what, vector.clone(), vectorIsRow);
    }
    if (given instanceof float[] vector) {
      double[] wide = new double[vector.length];
      for (int i = 0; i < wide.length; i++) {
        wide[i] = vector[i];
      }
      return vector(loss, what, wide, vectorIsRow);
    }
    if (given instanceof int[] vector) {
      return vector(
          loss, what, java.util.Arrays.stream(vector).asDoubleStream().toArray(), vectorIsRow);
    }
    if (given instanceof double[][] matrix) {
      return matrix(loss, what, matrix);
    }
    if (given instanceof float[][] matrix) {
      double[][] wide = new double[matrix.length][];
      for (int r = 0; r < wide.length; r++) {
        wide[r] = new double[matrix[r].length];
        for (int i = 0; i < wide[r].length; i++) {
          wide[r][i] = matrix[r][i];
        }
      }
      return matrix(loss, what, wide);
    }
    throw new IllegalArgumentException(
        loss.name()
            + " expects numbers, double[] or double[][] for "
            + what
            + " but receives "
            + (given == null ? "null" : given.getClass().getSimpleName())
            + ": make it with vector(…) or matrix(row(…), …).");
  }

  private static Grid vector(Loss loss, String what, double[] numbers, boolean isRow) {
    if (numbers.length == 0) {
      throw empty(loss, what);
    }
    int n = numbers.length;
    return new Grid(numbers, isRow ? 1 : n, isRow ? n : 1, "[" + n + "]");
  }

  private static Grid matrix(Loss loss, String what, double[][] matrix) {
    if (matrix.length == 0 || matrix[0].length == 0) {
      throw empty(loss, what);
    }
    int columns = matrix[0].length;
    double[] numbers = new double[matrix.length * columns];
    for (int r = 0; r < matrix.length; r++) {
      if (matrix[r].length != columns) {
        throw new IllegalArgumentException(
            loss.name()
                + " expects rows of the same length in "
                + what
                + " but row "
                + r
                + " has "
                + matrix[r].length
                + " numbers and row 0 has "
                + columns
                + ": make them equal.");
      }
      System.arraycopy(matrix[r], 0, numbers, r * columns, columns);
    }
    return new Grid(numbers, matrix.length, columns, "[" + matrix.length + ", " + columns + "]");
  }

  private static IllegalArgumentException empty(Loss loss, String what) {
    return new IllegalArgumentException(
        loss.name()
            + " expects at least one number in "
            + what
            + " but receives none: the mean of nothing has no value.");
  }

  @Override
  public String toString() {
    return shape;
  }
}
