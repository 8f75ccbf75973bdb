package org.lossbook.layer.preprocessing;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** The matrix of a random perspective: it takes four moved corners back to those of the image. */
final class Homography {
  /** The numbers of a matrix, without its last one, which is 1. */
  static final int SIZE = 8;

  private static final int CORNERS = 4;
  private final double[][] equations = new double[SIZE][SIZE + 1];

  /** Draws a matrix; the identity where the corners it drew lie on a line. */
  void draw(double[] a, double scale, int height, int width, RandomGenerator random) {
    for (int corner = 0; corner < CORNERS; corner++) {
      double x = corner % 2 * (width - 1);
      double y = corner / 2 * (height - 1);
      double movedX = x + x * scale * (random.nextDouble() - 0.5);
      double movedY = y + y * scale * (random.nextDouble() - 0.5);
      set(equations[2 * corner], 0, movedX, movedY, x);
      set(equations[2 * corner + 1], 3, movedX, movedY, y);
    }
    Arrays.fill(a, 0);
    if (!solved()) {
      a[0] = 1;
      a[4] = 1;
      return;
    }
    for (int i = 0; i < SIZE; i++) {
      a[i] = equations[i][SIZE];
    }
  }

  private static void set(double[] equation, int at, double x, double y, double target) {
    Arrays.fill(equation, 0);
    equation[at] = x;
    equation[at + 1] = y;
    equation[at + 2] = 1;
    equation[6] = -target * x;
    equation[7] = -target * y;
    equation[SIZE] = target;
  }

  /** Gauss's elimination; false where there is no single solution. */
  private boolean solved() {
    for (int i = 0; i < SIZE; i++) {
      int pivot = i;
      for (int row = i + 1; row < SIZE; row++) {
        boolean isLarger = Math.abs(equations[row][i]) > Math.abs(equations[pivot][i]);
        pivot = isLarger ? row : pivot;
      }
      double[] first = equations[pivot];
      equations[pivot] = equations[i];
      equations[i] = first;
      if (Math.abs(first[i]) < 1e-12) {
        return false;
      }
      for (int column = SIZE; column >= i; column--) {
        first[column] /= first[i];
      }
      for (int row = 0; row < SIZE; row++) {
        double factor = row == i ? 0 : equations[row][i];
        for (int column = i; column <= SIZE && factor != 0; column++) {
          equations[row][column] -= factor * first[column];
        }
      }
    }
    return true;
  }
}
