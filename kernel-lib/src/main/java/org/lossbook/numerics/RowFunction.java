package org.lossbook.numerics;

import org.lossbook.Internal;

/**
 * Functions of whole rows and their gradients, in double precision and without allocating.
 *
 * @hidden
 */
@Internal
public enum RowFunction {
  /** xᵢ − log Σ e^xⱼ, where the greatest number is subtracted first. */
  LOG_SOFTMAX {
    @Override
    public void value(double[] x, int from, int width, double[] y, int to) {
      int first = greatest(x, from, width);
      double others = 0;
      for (int i = 0; i < width; i++) {
        others += from + i == first ? 0 : Math.exp(x[from + i] - x[first]);
      }
      double log = Math.log1p(others);
      for (int i = 0; i < width; i++) {
        y[to + i] = from + i == first ? 0 - log : (x[from + i] - x[first]) - log;
      }
    }

    @Override
    public void gradient(
        double[] x, double[] y, double[] dy, int to, int width, double[] dx, int from) {
      double sum = 0;
      for (int i = 0; i < width; i++) {
        sum += dy[to + i];
      }
      for (int i = 0; i < width; i++) {
        dx[from + i] = dy[to + i] - Math.exp(y[to + i]) * sum;
      }
    }
  },

  /**
   * The nearest point of the simplex (Martins and Astudillo 2016): max(xᵢ − τ, 0), which sum to
   * one. τ by Michelot's method: the mean excess over one, again and again over those above it.
   */
  SPARSEMAX {
    @Override
    public void value(double[] x, int from, int width, double[] y, int to) {
      double most = x[greatest(x, from, width)];
      double threshold = Double.NEGATIVE_INFINITY;
      int left = -1;
      int before;
      do {
        before = left;
        left = 0;
        double sum = 0;
        for (int i = 0; i < width; i++) {
          double z = x[from + i] - most;
          if (z > threshold) {
            sum += z;
            left++;
          }
        }
        threshold = left == 0 ? threshold : (sum - 1) / left;
      } while (left != before);
      for (int i = 0; i < width; i++) {
        y[to + i] = Math.max(0, x[from + i] - most - threshold);
      }
    }

    @Override
    public void gradient(
        double[] x, double[] y, double[] dy, int to, int width, double[] dx, int from) {
      double sum = 0;
      int support = 0;
      for (int i = 0; i < width; i++) {
        if (y[to + i] > 0) {
          sum += dy[to + i];
          support++;
        }
      }
      for (int i = 0; i < width; i++) {
        dx[from + i] = y[to + i] > 0 ? dy[to + i] - sum / support : 0;
      }
    }
  },

  /** The gated linear unit a · σ(b) of a row's halves a and b (Dauphin et al. 2017). */
  GLU {
    @Override
    public int outputs(int width) {
      return width / 2;
    }

    @Override
    public void value(double[] x, int from, int width, double[] y, int to) {
      int half = width / 2;
      for (int i = 0; i < half; i++) {
        y[to + i] = x[from + i] * sigmoid(x[from + half + i]);
      }
    }

    @Override
    public void gradient(
        double[] x, double[] y, double[] dy, int to, int width, double[] dx, int from) {
      int half = width / 2;
      for (int i = 0; i < half; i++) {
        double gate = x[from + half + i];
        dx[from + i] = dy[to + i] * sigmoid(gate);
        dx[from + half + i] = dy[to + i] * x[from + i] * sigmoid(gate) * sigmoid(-gate);
      }
    }
  };

  /** The length of the row that it gives for a row of that length. */
  public int outputs(int width) {
    return width;
  }

  /** The values of the row of x from {@code from} on, into y from {@code to} on. */
  public abstract void value(double[] x, int from, int width, double[] y, int to);

  /**
   * The gradient by a row of x, which begins at {@code from}, as in {@code dx}.
   *
   * @param y the values, which begin at {@code to}, as in {@code dy}
   * @param dy the gradient by the values
   * @param width the length of the row of x
   */
  public abstract void gradient(
      double[] x, double[] y, double[] dy, int to, int width, double[] dx, int from);

  private static int greatest(double[] x, int from, int width) {
    int first = from;
    for (int i = from; i < from + width; i++) {
      first = x[i] > x[first] ? i : first;
    }
    return first;
  }

  private static double sigmoid(double x) {
    double decay = Math.exp(-Math.abs(x));
    return (x > 0 ? 1 : decay) / (1 + decay);
  }
}
