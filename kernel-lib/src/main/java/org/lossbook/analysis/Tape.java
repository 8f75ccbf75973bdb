package org.lossbook.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.lossbook.engine.Activation;

/**
 * Operations on small matrices that remember how to go back: each adds to the gradients of what it
 * was computed from.
 */
final class Tape {
  /** A matrix and the gradient of the loss with respect to it, which the way back fills. */
  record Var(double[][] value, double[][] gradient) {
    private Var(double[][] value) {
      this(value, new double[value.length][value.length == 0 ? 0 : value[0].length]);
    }

    private void add(double[][] more) {
      for (int r = 0; r < gradient.length; r++) {
        for (int j = 0; j < gradient[r].length; j++) {
          gradient[r][j] += more[r][j];
        }
      }
    }
  }

  /** One number from one or two. */
  private interface Pair {
    double of(double a, double b);
  }

  private final List<Runnable> back = new ArrayList<>();

  /** A matrix that is given. */
  Var given(double[][] value) {
    return new Var(value);
  }

  /** So many rows of zeros. */
  Var zeros(int rows, int width) {
    return given(new double[rows][width]);
  }

  /** Goes back from the gradients of what was computed last. */
  void backward() {
    for (int i = back.size() - 1; i >= 0; i--) {
      back.get(i).run();
    }
  }

  /** a b. */
  Var times(Var a, Var b) {
    Var product = new Var(Matrix.times(a.value, b.value));
    back.add(
        () -> {
          a.add(Matrix.times(product.gradient, Matrix.transposed(b.value)));
          b.add(Matrix.times(Matrix.transposed(a.value), product.gradient));
        });
    return product;
  }

  /** a bᵀ. */
  Var timesTransposed(Var a, Var b) {
    Var product = new Var(Matrix.times(a.value, Matrix.transposed(b.value)));
    back.add(
        () -> {
          a.add(Matrix.times(product.gradient, b.value));
          b.add(Matrix.times(Matrix.transposed(product.gradient), a.value));
        });
    return product;
  }

  /** a + b; where b has one row, it is added to each. */
  Var plus(Var a, Var b) {
    boolean isRow = b.value.length == 1 && a.value.length > 1;
    Var sum =
        new Var(each(a.value, isRow ? repeated(b.value[0], a.value.length) : b.value, Double::sum));
    back.add(
        () -> {
          a.add(sum.gradient);
          b.add(isRow ? new double[][] {Matrix.columnSums(sum.gradient)} : sum.gradient);
        });
    return sum;
  }

  /** a ⊙ b. */
  Var product(Var a, Var b) {
    Var product = new Var(each(a.value, b.value, (p, q) -> p * q));
    back.add(
        () -> {
          a.add(each(product.gradient, b.value, (p, q) -> p * q));
          b.add(each(product.gradient, a.value, (p, q) -> p * q));
        });
    return product;
  }

  /** factor · a + constant. */
  Var affine(Var a, double factor, double constant) {
    Var result = new Var(each(a.value, a.value, (p, q) -> factor * p + constant));
    back.add(() -> a.add(each(result.gradient, result.gradient, (p, q) -> factor * p)));
    return result;
  }

  /** φ(a). */
  Var function(Activation function, Var a) {
    Var result = new Var(ActivationDerivatives.values(function, a.value));
    back.add(
        () ->
            a.add(ActivationDerivatives.through(function, a.value, result.value, result.gradient)));
    return result;
  }

  /** Some columns. */
  Var columns(Var a, int from, int to) {
    Var part =
        new Var(
            Arrays.stream(a.value)
                .map(row -> Arrays.copyOfRange(row, from, to))
                .toArray(double[][]::new));
    back.add(
        () -> {
          for (int r = 0; r < part.gradient.length; r++) {
            for (int j = from; j < to; j++) {
              a.gradient[r][j] += part.gradient[r][j - from];
            }
          }
        });
    return part;
  }

  /** The rows of these numbers, of which some may be the same. */
  Var rows(Var a, int... numbers) {
    Var part =
        new Var(Arrays.stream(numbers).mapToObj(r -> a.value[r].clone()).toArray(double[][]::new));
    back.add(
        () -> {
          for (int r = 0; r < numbers.length; r++) {
            for (int j = 0; j < part.gradient[r].length; j++) {
              a.gradient[numbers[r]][j] += part.gradient[r][j];
            }
          }
        });
    return part;
  }

  /** Columns among so many of zeros. */
  Var placed(Var a, int from, int width) {
    Var wide = zeros(a.value.length, width);
    for (int r = 0; r < a.value.length; r++) {
      System.arraycopy(a.value[r], 0, wide.value[r], from, a.value[r].length);
    }
    back.add(
        () -> {
          for (int r = 0; r < a.gradient.length; r++) {
            for (int j = 0; j < a.gradient[r].length; j++) {
              a.gradient[r][j] += wide.gradient[r][from + j];
            }
          }
        });
    return wide;
  }

  private static double[][] repeated(double[] row, int times) {
    double[][] rows = new double[times][];
    Arrays.fill(rows, row);
    return rows;
  }

  private static double[][] each(double[][] a, double[][] b, Pair f) {
    double[][] result = new double[a.length][];
    for (int r = 0; r < a.length; r++) {
      result[r] = new double[a[r].length];
      for (int j = 0; j < a[r].length; j++) {
        result[r][j] = f.of(a[r][j], b[r][j]);
      }
    }
    return result;
  }
}
