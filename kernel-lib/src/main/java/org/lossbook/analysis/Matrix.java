package org.lossbook.analysis;

import java.util.Arrays;

/** Small matrices as arrays of rows. */
final class Matrix {
  private Matrix() {}

  /** A matrix from a row-major array. */
  static double[][] rows(double[] flat, int rows) {
    int width = flat.length / rows;
    double[][] matrix = new double[rows][];
    Arrays.setAll(matrix, r -> Arrays.copyOfRange(flat, r * width, (r + 1) * width));
    return matrix;
  }

  /** a b. */
  static double[][] times(double[][] a, double[][] b) {
    double[][] product = new double[a.length][b[0].length];
    for (int i = 0; i < a.length; i++) {
      for (int k = 0; k < b.length; k++) {
        for (int j = 0; j < b[0].length; j++) {
          product[i][j] += a[i][k] * b[k][j];
        }
      }
    }
    return product;
  }

  /** aᵀ. */
  static double[][] transposed(double[][] a) {
    double[][] turned = new double[a[0].length][a.length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < a[0].length; j++) {
        turned[j][i] = a[i][j];
      }
    }
    return turned;
  }

  /** The sum of each column. */
  static double[] columnSums(double[][] a) {
    double[] sums = new double[a[0].length];
    for (double[] row : a) {
      for (int j = 0; j < sums.length; j++) {
        sums[j] += row[j];
      }
    }
    return sums;
  }
}
