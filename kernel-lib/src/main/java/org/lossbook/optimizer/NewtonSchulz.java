package org.lossbook.optimizer;

/**
 * The iteration that makes the shorter sides of a matrix nearly orthogonal, X ← a X + (b A + c A²)
 * X with A = X Xᵀ. Rows are arrays of their own, so that the inner loops share one index and
 * vectorize. Allocates nothing after construction.
 */
final class NewtonSchulz {
  /** As in Keras, added to the norm. */
  private static final double EPSILON = 1e-7;

  private final int steps;
  private final float a;
  private final float b;
  private final float c;
  private final boolean isTall; // and so taken transposed
  private float[][] x; // [short, long]
  private float[][] next;
  private final float[][] transposed; // [long, short]
  private final float[][] products; // A
  private final float[][] factors; // b A + c A²

  NewtonSchulz(int rows, int columns, int steps, float a, float b, float c) {
    this.steps = steps;
    this.a = a;
    this.b = b;
    this.c = c;
    isTall = rows > columns;
    int shorter = Math.min(rows, columns);
    int longer = Math.max(rows, columns);
    x = new float[shorter][longer];
    next = new float[shorter][longer];
    transposed = new float[longer][shorter];
    products = new float[shorter][shorter];
    factors = new float[shorter][shorter];
  }

  /** Sets one number of the matrix. */
  void set(int row, int column, float value) {
    if (isTall) {
      x[column][row] = value;
    } else {
      x[row][column] = value;
    }
  }

  /** One number of the matrix. */
  float get(int row, int column) {
    return isTall ? x[column][row] : x[row][column];
  }

  /** Divides by the norm and iterates. */
  void run() {
    double squares = 0;
    for (float[] row : x) {
      squares += ClippedNorms.squares(row, 0, row.length);
    }
    float scale = (float) (1 / (Math.sqrt(squares) + EPSILON));
    for (float[] row : x) {
      for (int j = 0; j < row.length; j++) {
        // No subnormal numbers, which slow every product down.
        row[j] =
            (row[j] * scale + Optimizer.Updater.TINY_GRADIENT) - Optimizer.Updater.TINY_GRADIENT;
      }
    }
    for (int step = 0; step < steps; step++) {
      step();
    }
  }

  private void step() {
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < transposed.length; j++) {
        transposed[j][i] = x[i][j];
      }
    }
    for (int i = 0; i < x.length; i++) {
      scale(products[i], products[i], 0);
      add(products[i], x[i], transposed, 1);
    }
    for (int i = 0; i < x.length; i++) {
      scale(factors[i], products[i], b);
      add(factors[i], products[i], products, c);
    }
    for (int i = 0; i < x.length; i++) {
      scale(next[i], x[i], a);
      add(next[i], factors[i], x, 1);
    }
    float[][] last = x;
    x = next;
    next = last;
  }

  private static void scale(float[] into, float[] from, float factor) {
    for (int j = 0; j < into.length; j++) {
      into[j] = factor * from[j];
    }
  }

  /** Adds {@code factor} times the product of a row vector and a matrix, four rows at a time. */
  private static void add(float[] into, float[] row, float[][] matrix, float factor) {
    int k = 0;
    for (; k + 3 < row.length; k += 4) {
      add(
          into,
          matrix[k],
          matrix[k + 1],
          matrix[k + 2],
          matrix[k + 3],
          factor * row[k],
          factor * row[k + 1],
          factor * row[k + 2],
          factor * row[k + 3]);
    }
    for (; k < row.length; k++) {
      float[] other = matrix[k];
      float f = factor * row[k];
      for (int j = 0; j < into.length; j++) {
        into[j] += f * other[j];
      }
    }
  }

  private static void add(
      float[] into,
      float[] r0,
      float[] r1,
      float[] r2,
      float[] r3,
      float f0,
      float f1,
      float f2,
      float f3) {
    for (int j = 0; j < into.length; j++) {
      into[j] += (f0 * r0[j] + f1 * r1[j]) + (f2 * r2[j] + f3 * r3[j]);
    }
  }
}
