package org.lossbook.data.table;

import java.util.Arrays;

/**
 * Figures of a column's values.
 *
 * @param sd the standard deviation of these values themselves, divided by n
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

  /** Whether there is no spread to divide by. */
  boolean isConstant() {
    return min == max || sd == 0;
  }

  /** Half of the values are not greater, half not smaller. */
  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }

  /** The value that occurs most often; of several, the least. */
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
