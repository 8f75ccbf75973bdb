package org.lossbook.search;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * The numbers from one to another that a setting may be, as an immutable value.
 *
 * <pre>{@code
 * uniform(0, 0.5)                    // any number, each as likely
 * logUniform(1e-4, 1e-1)             // each power of ten as likely: for rates and strengths
 * logUniform(8, 256).integers()      // whole numbers alone
 * logUniform(1e-4, 1e-1).steps(4)    // for a grid: 0.0001, 0.001, 0.01, 0.1
 * }</pre>
 *
 * @param from the least
 * @param to the greatest
 * @param logarithmic whether equal factors are as likely, not equal steps
 * @param whole whether it is whole numbers alone
 * @param steps how many of them a grid takes; 0 where nobody said
 */
public record Interval(double from, double to, boolean logarithmic, boolean whole, int steps) {

  /**
   * With these settings.
   *
   * @throws IllegalArgumentException if there is no number between the ends, or a logarithm of one
   *     would be none
   */
  public Interval {
    String who = logarithmic ? "logUniform" : "uniform";
    if (!(from < to) || Double.isInfinite(to - from)) {
      throw new IllegalArgumentException(
          "%s expects two numbers of which the second is larger but receives %s and %s: try %s(%s)."
              .formatted(who, from, to, who, logarithmic ? "1e-4, 1e-1" : "0, 1"));
    }
    if (logarithmic && !(from > 0)) {
      throw new IllegalArgumentException(
          "logUniform expects numbers above 0 but receives %s: 0 is infinitely many powers of ten away; try uniform(%s, %s)."
              .formatted(from, from, to));
    }
  }

  /** Any number between, each as likely. */
  public static Interval uniform(double from, double to) {
    return new Interval(from, to, false, false, 0);
  }

  /** Any number between, each power of ten as likely. */
  public static Interval logUniform(double from, double to) {
    return new Interval(from, to, true, false, 0);
  }

  /** Whole numbers alone. */
  public Interval integers() {
    return new Interval(from, to, logarithmic, true, steps);
  }

  /**
   * For a grid: so many numbers, the ends among them.
   *
   * @throws IllegalArgumentException for less than two
   */
  public Interval steps(int count) {
    if (count < 2) {
      throw new IllegalArgumentException(
          "steps expects 2 or more but receives %d: the ends of the interval are among them."
              .formatted(count));
    }
    return new Interval(from, to, logarithmic, whole, count);
  }

  /** The number that lies at a share, from 0 to 1, of the way. */
  Object at(double share) {
    double value =
        logarithmic
            ? Math.exp(Math.log(from) + share * (Math.log(to) - Math.log(from)))
            : from + share * (to - from);
    double within = share == 0 ? from : share == 1 ? to : Math.max(from, Math.min(to, value));
    return whole ? (Object) (int) Math.round(within) : (Object) within;
  }

  /** What a grid takes; empty where nobody said how many. */
  List<Object> onGrid() {
    return IntStream.range(0, steps)
        .mapToObj(i -> at(i / (steps - 1.0)))
        .map(value -> value instanceof Double number ? (Object) rounded(number) : value)
        .distinct()
        .toList();
  }

  /** Twelve digits: 0.001 and not 0.0010000000000000002. */
  private static double rounded(double value) {
    return Double.parseDouble(String.format(Locale.ROOT, "%.11e", value));
  }

  /** {@code logUniform(1.0E-4, 0.1)} and what else was said. */
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
