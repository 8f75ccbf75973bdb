package org.lossbook.data.series;

/** The mean and the standard deviation by which a column's numbers are standardized. */
record Scale(double mean, double deviation) {
  static final Scale NONE = new Scale(0, 1);

  /** That of a column's first {@code until} rows. */
  static Scale of(double[] rows, int features, int column, int until) {
    double mean = 0;
    for (int t = 0; t < until; t++) {
      mean += rows[t * features + column] / until;
    }
    double squares = 0;
    for (int t = 0; t < until; t++) {
      double off = rows[t * features + column] - mean;
      squares += off * off / until;
    }
    return new Scale(mean, squares == 0 ? 1 : Math.sqrt(squares)); // a constant becomes 0
  }

  double standardized(double value) {
    return (value - mean) / deviation;
  }

  double restored(double value) {
    return value * deviation + mean;
  }
}
