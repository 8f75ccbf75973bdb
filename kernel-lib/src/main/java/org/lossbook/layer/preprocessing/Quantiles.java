package org.lossbook.layer.preprocessing;

import java.util.Arrays;

/**
 * Boundaries that split numbers into bins of about equally many, by Keras's own approximation: a
 * summary of evenly spaced values in order, interpolated where it is compressed.
 */
final class Quantiles {
  private Quantiles() {}

  /** Values in ascending order, and how many numbers each stands for. */
  private record Summary(float[] values, float[] weights) {
    /** No more than 1 / ε values. */
    Summary compressed(double epsilon) {
      if (values.length * epsilon < 1) {
        return this;
      }
      float[] sums = weights.clone();
      for (int i = 1; i < sums.length; i++) {
        sums[i] += sums[i - 1];
      }
      float[] shares = new float[sums.length];
      for (int i = 0; i < sums.length; i++) {
        shares[i] = sums[i] / sums[sums.length - 1];
      }
      int count = (int) Math.ceil(1 / epsilon);
      float[] newValues = new float[count];
      float[] newWeights = new float[count];
      double before = 0;
      for (int i = 0; i < count; i++) {
        double share = epsilon + i * epsilon;
        double sum = interpolated(share, shares, sums);
        newValues[i] = (float) interpolated(share, shares, values);
        newWeights[i] = (float) (sum - before);
        before = sum;
      }
      return new Summary(newValues, newWeights);
    }
  }

  /** The boundaries between so many bins. */
  static double[] boundaries(float[] numbers, int bins, double epsilon) {
    float[] sorted = numbers.clone();
    Arrays.sort(sorted);
    double step = Math.max(sorted.length / (1 / epsilon), 1);
    int start = (int) (step - 1);
    int stride = (int) step;
    int count = (sorted.length - start + stride - 1) / stride;
    float[] values = new float[count];
    float[] weights = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = sorted[start + i * stride];
      weights[i] = (float) step;
    }
    float[] all = new Summary(values, weights).compressed(epsilon).compressed(1.0 / bins).values();
    double[] boundaries = new double[Math.max(0, all.length - 1)];
    for (int i = 0; i < boundaries.length; i++) {
      boundaries[i] = all[i];
    }
    return boundaries;
  }

  /** The value at x of the line through the points, as NumPy's interp has it. */
  private static double interpolated(double x, float[] xs, float[] ys) {
    if (x <= xs[0]) {
      return ys[0];
    }
    for (int i = 1; i < xs.length; i++) {
      if (x < xs[i]) {
        double slope = ((double) ys[i] - ys[i - 1]) / ((double) xs[i] - xs[i - 1]);
        return slope * (x - xs[i - 1]) + ys[i - 1];
      }
    }
    return ys[ys.length - 1];
  }
}
