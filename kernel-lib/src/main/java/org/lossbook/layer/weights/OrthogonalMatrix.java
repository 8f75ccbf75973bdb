package org.lossbook.layer.weights;

import java.util.SplittableRandom;

/**
 * Random orthogonal matrices (Saxe et al. 2014): the columns of a matrix of normal numbers, made
 * orthonormal one after the other by Gram and Schmidt's method, twice against rounding.
 */
final class OrthogonalMatrix {
  private OrthogonalMatrix() {}

  /**
   * Fills a row-major matrix, whose shorter sides become orthonormal times the gain.
   *
   * @param columns the length of its rows
   */
  static void fill(float[] values, int columns, double gain, SplittableRandom random) {
    int rows = values.length / columns;
    boolean isWide = rows < columns;
    double[][] vectors = new double[Math.min(rows, columns)][Math.max(rows, columns)];
    for (int v = 0; v < vectors.length; v++) {
      for (int i = 0; i < vectors[v].length; i++) {
        vectors[v][i] = random.nextGaussian();
      }
      for (int pass = 0; pass < 2; pass++) {
        for (int before = 0; before < v; before++) {
          add(vectors[v], -dot(vectors[v], vectors[before]), vectors[before]);
        }
      }
      scale(vectors[v], 1 / Math.sqrt(dot(vectors[v], vectors[v])));
    }
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        values[r * columns + c] = (float) (gain * (isWide ? vectors[r][c] : vectors[c][r]));
      }
    }
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static void add(double[] to, double factor, double[] from) {
    for (int i = 0; i < to.length; i++) {
      to[i] += factor * from[i];
    }
  }

  private static void scale(double[] vector, double factor) {
    for (int i = 0; i < vector.length; i++) {
      vector[i] *= factor;
    }
  }
}
