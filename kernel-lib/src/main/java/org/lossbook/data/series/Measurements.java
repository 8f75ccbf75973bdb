package org.lossbook.data.series;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.lossbook.base.Messages;
import org.lossbook.config.Require;
import org.lossbook.data.Values;

/**
 * The numbers that windows are cut from.
 *
 * @param series the first feature, with its name and times
 * @param rows row by row, one number for each feature
 */
record Measurements(TimeSeries series, double[] rows, int features) {
  /** A {@link SeriesSource}, a vector, or {@code [steps, features]}. */
  static Measurements of(Object series) {
    Require.given(
        series, "windows", "a series", "sunspots(), a vector or a matrix [steps, features] is one");
    if (series instanceof SeriesSource source) {
      TimeSeries made = source.series();
      return new Measurements(made, made.values(), 1);
    }
    Values values = Values.of("windows", series).finite("windows", "the series");
    if (values.rank() != 1 && values.rank() != 2 || values.size() == 0) {
      throw Messages.wrong(
          "windows expects a vector of numbers or a matrix [steps, features] but receives %s: give one row for each step.",
          Arrays.toString(values.shape()));
    }
    int features = values.rank() == 1 ? 1 : values.rowSize();
    double[] rows = values.toDoubles();
    return new Measurements(TimeSeries.of("series", column(rows, features, 0)), rows, features);
  }

  int steps() {
    return rows.length / features;
  }

  double at(int step, int feature) {
    return rows[step * features + feature];
  }

  /** A feature as a series. */
  TimeSeries series(int feature) {
    return features == 1
        ? series
        : TimeSeries.of("feature " + feature, column(rows, features, feature));
  }

  private static double[] column(double[] rows, int features, int feature) {
    return IntStream.range(0, rows.length / features)
        .mapToDouble(t -> rows[t * features + feature])
        .toArray();
  }

  /** What each feature is standardized by: learned on the steps before {@code until}. */
  List<Scale> scales(int until) {
    return IntStream.range(0, features)
        .mapToObj(feature -> Scale.of(rows, features, feature, until))
        .toList();
  }
}
