package org.lossbook.loss.pairwise;

import org.lossbook.loss.spec.PairwiseLoops;
import org.lossbook.notebook.InterruptedWork;

/** {@link Circle}'s cosine distances, and the weight that each has by itself. */
final class CircleLoops implements PairwiseLoops {
  private final int columns;
  private final double gamma;
  private final double margin;
  private double[] terms = new double[0];
  private double[] slopes = new double[0];

  CircleLoops(int columns, double gamma, double margin) {
    this.columns = columns;
    this.gamma = gamma;
    this.margin = margin;
  }

  @Override
  public void reserve(int rows) {
    terms = new double[rows];
    slopes = new double[rows];
  }

  @Override
  public void losses(double[] y, double[] p, int rows, double[] losses) {
    for (int i = 0; i < rows; i++) {
      InterruptedWork.check("circle", i, rows, "samples");
      double logit = logit(y, p, rows, i);
      losses[i] = Math.max(logit, 0) + Math.log1p(Math.exp(-Math.abs(logit)));
    }
  }

  /** Keras's mean is over the samples that have a loss. */
  @Override
  public boolean counts(double loss) {
    return loss > 0;
  }

  /** The two log-sum-exps added; minus infinity without a positive or without a negative. */
  double logit(double[] y, double[] p, int rows, int i) {
    for (int j = 0; j < rows; j++) {
      boolean same = y[j] == y[i];
      double d = Math.max(1 - similarity(p, i, j), 0);
      double weight = same ? Math.max(margin + d, 0) : Math.max(1 + margin - d, 0);
      double rest = same ? d - margin : 1 - margin - d;
      terms[j] = gamma * weight * rest;
      slopes[j] =
          same
              ? gamma * (step(margin + d) * rest + weight)
              : -gamma * (step(1 + margin - d) * rest + weight);
    }
    return logSumExp(y, rows, i, true) + logSumExp(y, rows, i, false);
  }

  /** Of the pairs with the same group, or with the others; their slopes get their shares in it. */
  private double logSumExp(double[] y, int rows, int i, boolean same) {
    double highest = Double.NEGATIVE_INFINITY;
    for (int j = 0; j < rows; j++) {
      if (j != i && (y[j] == y[i]) == same) {
        highest = Math.max(highest, terms[j]);
      }
    }
    if (highest == Double.NEGATIVE_INFINITY) {
      return highest;
    }
    double sum = 0;
    for (int j = 0; j < rows; j++) {
      if (j != i && (y[j] == y[i]) == same) {
        sum += Math.exp(terms[j] - highest);
      }
    }
    for (int j = 0; j < rows; j++) {
      if (j != i && (y[j] == y[i]) == same) {
        slopes[j] *= Math.exp(terms[j] - highest) / sum;
      }
    }
    return highest + Math.log(sum);
  }

  @Override
  public void gradient(double[] y, double[] p, int rows, double[] factors, double[] gradient) {
    for (int i = 0; i < rows; i++) {
      InterruptedWork.check("circle", i, rows, "samples");
      double logit = logit(y, p, rows, i);
      double sure = 1 / (1 + Math.exp(-logit)); // 0 without a pair
      for (int j = 0; j < rows && sure > 0; j++) {
        if (j == i) {
          continue;
        }
        double bySimilarity = -step(1 - similarity(p, i, j)) * slopes[j] * sure * factors[i];
        for (int c = 0; c < columns; c++) {
          gradient[i * columns + c] += bySimilarity * p[j * columns + c];
          gradient[j * columns + c] += bySimilarity * p[i * columns + c];
        }
      }
    }
  }

  private double similarity(double[] p, int i, int j) {
    double sum = 0;
    for (int c = 0; c < columns; c++) {
      sum += p[i * columns + c] * p[j * columns + c];
    }
    return sum;
  }

  /** The slope of max(x, 0): half at its corner. */
  private static double step(double x) {
    return x > 0 ? 1 : x < 0 ? 0 : 0.5;
  }
}
