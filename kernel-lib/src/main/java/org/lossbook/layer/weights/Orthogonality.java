package org.lossbook.layer.weights;

import java.util.Arrays;
import org.lossbook.Internal;
import org.lossbook.base.Messages;

/**
 * The penalty of an orthogonal regularizer for one matrix, and its gradient. With unit rows \(u_i =
 * w_i / \lVert w_i \rVert\) and P pairs of them it is \(\frac{\lambda}{P} \sum_{i<j} |u_i \cdot
 * u_j|\). Its buffers are made once.
 *
 * @hidden
 */
@Internal
public final class Orthogonality {
  /** Keras's, below which a norm counts as this. */
  private static final double LEAST_NORM = 1e-7;

  private final double ofRows;
  private final double ofColumns;
  private final int rows;
  private final int columns;
  private final double[] units;
  private final double[] slopes;
  private final double[] norms;

  Orthogonality(Regularizer factors, String parameter, int... shape) {
    ofRows = factors.rows();
    ofColumns = factors.columns();
    boolean fits =
        shape.length == 2 && (ofRows == 0 || shape[0] > 1) && (ofColumns == 0 || shape[1] > 1);
    if (!fits) {
      throw Messages.wrong(
          "%s expects a matrix with two %s or more but receives %s of shape %s: give l2(0.01), or take it away.",
          factors, ofRows == 0 ? "columns" : "rows", parameter, Arrays.toString(shape));
    }
    rows = shape[0];
    columns = shape[1];
    units = new double[rows * columns];
    slopes = new double[rows * columns];
    norms = new double[Math.max(rows, columns)];
  }

  /** The penalty of a matrix, row by row. */
  public double of(float[] matrix) {
    return add(matrix, null);
  }

  /** The penalty; adds its gradient, where {@code gradient} is not null. */
  public double add(float[] matrix, float[] gradient) {
    return over(ofRows, rows, columns, columns, 1, matrix, gradient)
        + over(ofColumns, columns, rows, 1, columns, matrix, gradient);
  }

  /** Of {@code count} vectors of {@code size} numbers, which lie that far apart. */
  private double over(
      double factor, int count, int size, int next, int step, float[] matrix, float[] gradient) {
    if (factor == 0) {
      return 0;
    }
    normalize(count, size, next, step, matrix);
    Arrays.fill(slopes, 0);
    double sum = 0;
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < i; j++) {
        double cos = dot(units, i * size, units, j * size, size);
        sum += Math.abs(cos);
        if (gradient != null) {
          addUnits(Math.signum(cos), i * size, j * size, size);
        }
      }
    }
    double scale = factor / (count * (count - 1.0) / 2);
    for (int i = 0; gradient != null && i < count; i++) {
      // A norm that counts as the least one is a constant.
      double along = norms[i] > LEAST_NORM ? dot(slopes, i * size, units, i * size, size) : 0;
      double divisor = Math.max(norms[i], LEAST_NORM);
      for (int k = 0; k < size; k++) {
        double slope = slopes[i * size + k] - along * units[i * size + k];
        gradient[i * next + k * step] += (float) (scale * slope / divisor);
      }
    }
    return scale * sum;
  }

  private void normalize(int count, int size, int next, int step, float[] matrix) {
    for (int i = 0; i < count; i++) {
      double square = 0;
      for (int k = 0; k < size; k++) {
        double w = matrix[i * next + k * step];
        square += w * w;
      }
      norms[i] = Math.sqrt(square);
      double divisor = Math.max(norms[i], LEAST_NORM);
      for (int k = 0; k < size; k++) {
        units[i * size + k] = matrix[i * next + k * step] / divisor;
      }
    }
  }

  private void addUnits(double sign, int i, int j, int size) {
    for (int k = 0; k < size; k++) {
      slopes[i + k] += sign * units[j + k];
      slopes[j + k] += sign * units[i + k];
    }
  }

  private static double dot(double[] a, int fromA, double[] b, int fromB, int size) {
    double sum = 0;
    for (int k = 0; k < size; k++) {
      sum += a[fromA + k] * b[fromB + k];
    }
    return sum;
  }
}
