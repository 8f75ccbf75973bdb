package org.lossbook.data.series;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import org.lossbook.base.Messages;
import org.lossbook.config.Require;
import org.lossbook.data.Values;
import org.lossbook.data.view.Descriptions;
import org.lossbook.notebook.Renderable;
import org.lossbook.plot.Chart;
import org.lossbook.plot.Figure;

/**
 * A time series: one number for each of equally spaced times, in their order. A cell that ends with
 * it shows it as a figure.
 *
 * <pre>{@code
 * sunspots().size()      // 309
 * co2().last()           // 371.02
 * timeSeries("sales", vector(3, 4, 6)).plot()
 * }</pre>
 */
public final class TimeSeries implements SeriesSource, Renderable {
  private final String name;
  private final String unit;
  private final double start;
  private final double perYear; // 0 where times are counted from 0
  private final double[] values;

  private TimeSeries(String name, String unit, double start, double perYear, double[] values) {
    this.name = name;
    this.unit = unit;
    this.start = start;
    this.perYear = perYear;
    this.values = values;
  }

  /**
   * The yearly mean sunspot number from 1700 to 2008, which rises and falls in about eleven years
   * (National Geophysical Data Center; public domain).
   */
  public static TimeSeries sunspots() {
    return read("sunspots.txt", "sunspots", "sunspot number", 1700, 1);
  }

  /**
   * Carbon dioxide in the air at Mauna Loa, Hawaii, in parts per million (ppm): the mean of each
   * month from January 1959 to December 2001, a rising trend with a yearly season (Keeling and
   * Whorf 2004, Carbon Dioxide Information Analysis Center; public domain). February to April 1964
   * were not measured; they lie on the line between the months before and after.
   */
  public static TimeSeries co2() {
    return read("co2.txt", "CO₂ at Mauna Loa", "CO₂ in ppm", 1959, 12);
  }

  private static TimeSeries read(
      String file, String name, String unit, double start, double perYear) {
    try (var lines =
        new BufferedReader(
            new InputStreamReader(
                TimeSeries.class.getResourceAsStream(file), StandardCharsets.UTF_8))) {
      double[] values =
          lines
              .lines()
              .filter(line -> !line.startsWith("#"))
              .mapToDouble(Double::parseDouble)
              .toArray();
      return new TimeSeries(name, unit, start, perYear, values);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A series of your own, at the times 0, 1, 2, …
   *
   * @param values a vector of numbers
   */
  public static TimeSeries of(String name, Object values) {
    Require.given(name, "timeSeries", "a name");
    Values given = Values.of("timeSeries", values).finite("timeSeries", name);
    if (given.size() == 0 || given.rank() != 1) {
      throw Messages.wrong(
          "timeSeries expects a vector of one number or more but receives %s: give the numbers in their order.",
          Arrays.toString(given.shape()));
    }
    return new TimeSeries(name, "value", 0, 0, given.toDoubles());
  }

  /** What it is of, such as {@code sunspots}. */
  public String name() {
    return name;
  }

  /** What its numbers are, with their unit. */
  public String unit() {
    return unit;
  }

  /** The number of times. */
  public int size() {
    return values.length;
  }

  /** The numbers, in their order. */
  public double[] values() {
    return values.clone();
  }

  /** The last number. */
  public double last() {
    return values[values.length - 1];
  }

  /** The times: years with their fractions, or 0, 1, 2, … */
  public double[] times() {
    return IntStream.range(0, values.length).mapToDouble(this::time).toArray();
  }

  double time(int index) {
    return perYear == 0 ? index : start + index / perYear;
  }

  String timeLabel() {
    return perYear == 0 ? "time" : "year";
  }

  double[] part(int from, int to) {
    return Arrays.copyOfRange(values, from, to);
  }

  double[] times(int from, int to) {
    return IntStream.range(from, to).mapToDouble(this::time).toArray();
  }

  /** Its numbers over time. */
  public Figure plot() {
    return Chart.of(name).x(timeLabel()).y(unit).line(name, times(), values).figure();
  }

  @Override
  public TimeSeries series() {
    return this;
  }

  @Override
  public Map<String, String> mimeBundle() {
    return plot().mimeBundle();
  }

  /** {@code sunspots: 309 numbers from 5 to 2.9}. */
  @Override
  public String toString() {
    return Messages.of(
        "%s: %,d numbers from %s to %s",
        name, size(), Descriptions.number(values[0]), Descriptions.number(last()));
  }
}
