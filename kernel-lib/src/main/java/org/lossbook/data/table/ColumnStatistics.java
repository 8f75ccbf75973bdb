package org.lossbook.data.table;

import java.util.Arrays;

/**
 * Summary statistics of a column.
 *
 * @param sd the population standard deviation (divided by n)
 */
record ColumnStatistics(double mean, double sd, double min, double max) {
  static ColumnStatistics of(double[] values) {
    double mean = Arrays.stream(values).average().orElse(0);
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElse(0);
    return new ColumnStatistics(
        mean,
        Math.sqrt(squares),
        Arrays.stream(values).min().orElse(0),
        Arrays.stream(values).max().orElse(0));
  }

  /** Whether the column is constant, so that it cannot be scaled. */
  boolean isConstant() {
    return min == max || sd == 0;
  }

  /** The median. */
  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }

  /** The mode: the most frequent value; the smallest if there are several. */
  static double mode(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double best = sorted[0];
    int most = 0;
    for (int from = 0; from < sorted.length; ) {
      int to = from;
      while (to < sorted.length && sorted[to] == sorted[from]) {
        to++;
      }
      if (to - from > most) {
        most = to - from;
        best = sorted[from];
      }
      from = to;
    }
    return best;
  }
}
