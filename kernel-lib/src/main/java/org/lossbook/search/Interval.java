package org.lossbook.search;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.lossbook.base.Messages;

/**
 * An interval of numbers that a setting can take, as an immutable value.
 *
 * <pre>{@code
 * uniform(0, 0.5)                    // uniformly distributed
 * logUniform(1e-4, 1e-1)             // log-uniformly: for rates and strengths
 * logUniform(8, 256).integers()      // integers only
 * logUniform(1e-4, 1e-1).steps(4)    // for a grid: 0.0001, 0.001, 0.01, 0.1
 * }</pre>
 *
 * @param from the smallest number
 * @param to the largest number
 * @param logarithmic whether it is sampled log-uniformly
 * @param whole whether it has integers only
 * @param steps how many of them a grid takes; 0 if not set
 */
public record Interval(double from, double to, boolean logarithmic, boolean whole, int steps) {

  /**
   * Checks the bounds.
   *
   * @throws IllegalArgumentException if the interval is empty, or a logarithmic one is not positive
   */
  public Interval {
    String who = logarithmic ? "logUniform" : "uniform";
    if (!(from < to) || Double.isInfinite(to - from)) {
      throw Messages.wrong(
          "%s expects two numbers of which the second is larger but receives %s and %s: try %s(%s).",
          who, from, to, who, logarithmic ? "1e-4, 1e-1" : "0, 1");
    }
    if (logarithmic && !(from > 0)) {
      throw Messages.wrong(
          "logUniform expects numbers above 0 but receives %s: 0 is infinitely many powers of ten away; try uniform(%s, %s).",
          from, from, to);
    }
  }

  /** A uniform distribution over an interval. */
  public static Interval uniform(double from, double to) {
    return new Interval(from, to, false, false, 0);
  }

  /** A log-uniform distribution over an interval: each power of ten is equally likely. */
  public static Interval logUniform(double from, double to) {
    return new Interval(from, to, true, false, 0);
  }

  /** The same with integers only. */
  public Interval integers() {
    return new Interval(from, to, logarithmic, true, steps);
  }

  /**
   * How many numbers a grid takes of it, both ends included.
   *
   * @throws IllegalArgumentException for less than two
   */
  public Interval steps(int count) {
    if (count < 2) {
      throw Messages.wrong(
          "steps expects 2 or more but receives %d: the ends of the interval are among them.",
          count);
    }
    return new Interval(from, to, logarithmic, whole, count);
  }

  /** The number at a share, from 0 to 1, of the way. */
  Object at(double share) {
    double value =
        logarithmic
            ? Math.exp(Math.log(from) + share * (Math.log(to) - Math.log(from)))
            : from + share * (to - from);
    double within = share == 0 ? from : share == 1 ? to : Math.max(from, Math.min(to, value));
    return whole ? (Object) (int) Math.round(within) : (Object) within;
  }

  /** The numbers that a grid takes; empty if their count is not set. */
  List<Object> onGrid() {
    return IntStream.range(0, steps)
        .mapToObj(i -> at(i / (steps - 1.0)))
        .map(value -> value instanceof Double number ? (Object) rounded(number) : value)
        .distinct()
        .toList();
  }

  /** Rounded to twelve digits: 0.001 and not 0.0010000000000000002. */
  private static double rounded(double value) {
    return Double.parseDouble(String.format(Locale.ROOT, "%.11e", value));
  }

  /** {@code logUniform(1.0E-4, 0.1)} and the other options that were set. */
  @Override
  public String toString() {
    return (logarithmic ? "logUniform(" : "uniform(")
        + from
        + ", "
        + to
        + ")"
        + (whole ? ".integers()" : "")
        + (steps == 0 ? "" : ".steps(" + steps + ")");
  }
}
