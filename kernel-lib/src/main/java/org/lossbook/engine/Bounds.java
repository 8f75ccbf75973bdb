package org.lossbook.engine;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * The bounds of a tensor's numbers, whatever the weights: none is below {@code low} or above {@code
 * high}, and along the last axis they may sum to one.
 *
 * @param low the lower bound; −∞ if unknown
 * @param high the upper bound; +∞ if unknown
 * @param sumToOne whether each row along the last axis sums to one
 */
public record Bounds(double low, double high, boolean sumToOne) {
  public Bounds {
    if (!(low <= high)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "bounds expects the lower one first but receives %s and %s: between(0, 1) holds shares.",
              low,
              high));
    }
  }

  /** No bounds. */
  public static final Bounds NONE =
      new Bounds(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, false);

  /** The bounds of a closed interval. */
  public static Bounds between(double low, double high) {
    return new Bounds(low, high, false);
  }

  /** Probabilities in rows that sum to one; a row of one number is always 1. */
  static Bounds distribution(int width) {
    return new Bounds(width == 1 ? 1 : 0, 1, true);
  }

  /** Whether they are probabilities. */
  public boolean areProbabilities() {
    return low >= 0 && high <= 1;
  }

  /** Whether none of them is negative. */
  public boolean areNeverNegative() {
    return low >= 0;
  }

  /** Whether both bounds are finite. */
  public boolean areFinite() {
    return Double.isFinite(low) && Double.isFinite(high);
  }

  /** Whether all numbers always have the same value. */
  public boolean isConstant() {
    return low == high;
  }

  /** The same bounds after a reshape of the rows. */
  public Bounds withoutSumToOne() {
    return between(low, high);
  }

  /** The bounds after a monotonically increasing function. */
  Bounds through(DoubleUnaryOperator rising) {
    return between(rising.applyAsDouble(low), rising.applyAsDouble(high));
  }

  /** The bounds after scaling some numbers and setting others to 0. */
  public Bounds scaledOrZero(double factor) {
    if (!(factor >= 0 && factor < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "bounds expects a factor of 0 or more but receives " + factor + ": 2 doubles them.");
    }
    return between(Math.min(0, product(low, factor)), Math.max(0, product(high, factor)));
  }

  /** Rejects null; the engine depends on no other package that could. */
  static Bounds given(Bounds bounds) {
    if (bounds == null) {
      throw missing("null");
    }
    return bounds;
  }

  private static List<Bounds> given(List<Bounds> several) {
    if (several == null || several.isEmpty()) {
      throw missing(several == null ? "null" : "none");
    }
    several.forEach(Bounds::given);
    return several;
  }

  private static IllegalArgumentException missing(String received) {
    return new IllegalArgumentException(
        "bounds expects what is known of each value but receives "
            + received
            + ": Bounds.NONE stands for nothing.");
  }

  /** The bounds of a sum of one number from each. */
  public static Bounds sum(List<Bounds> several) {
    List<Bounds> terms = given(several);
    return between(
        terms.stream().mapToDouble(Bounds::low).sum(),
        terms.stream().mapToDouble(Bounds::high).sum());
  }

  /** The bounds of a product of one number from each. */
  public static Bounds product(List<Bounds> factors) {
    return given(factors).stream().reduce(Bounds::times).orElseThrow().withoutSumToOne();
  }

  /**
   * The bounds of a dot product of two rows; with a row that sums to one it is a mean of the other.
   */
  public static Bounds dot(Bounds x, Bounds y, int width) {
    Bounds each = product(Arrays.asList(x, y));
    Bounds all = between(product(each.low, width), product(each.high, width));
    return Stream.of(x, y)
        .filter(row -> row.sumToOne)
        .map(row -> row == x ? y : x)
        .reduce(all, Bounds::within);
  }

  /** Whether these lie within the other bounds. */
  public boolean areWithin(Bounds other) {
    given(other);
    return low >= other.low && high <= other.high;
  }

  /** The intersection of two bounds. */
  private Bounds within(Bounds other) {
    return between(Math.max(low, other.low), Math.min(high, other.high));
  }

  private Bounds times(Bounds other) {
    double a = product(low, other.low);
    double b = product(low, other.high);
    double c = product(high, other.low);
    double d = product(high, other.high);
    return between(
        Math.min(Math.min(a, b), Math.min(c, d)), Math.max(Math.max(a, b), Math.max(c, d)));
  }

  /** The product of two bounds, where 0 times ∞ is 0. */
  private static double product(double x, double y) {
    return x == 0 || y == 0 ? 0 : x * y;
  }

  /** The bounds of the negated numbers. */
  public Bounds negated() {
    return between(-high, -low);
  }

  /** The bounds of numbers that each come from one of these, in new rows. */
  public static Bounds among(List<Bounds> several) {
    return between(least(several, Bounds::low), greatest(several, Bounds::high));
  }

  /** The bounds of element-wise means: the mean of rows that sum to one sums to one. */
  public static Bounds mean(List<Bounds> several) {
    Bounds among = among(several);
    return new Bounds(among.low, among.high, several.stream().allMatch(Bounds::sumToOne));
  }

  /** The bounds of the maximum of one number from each. */
  public static Bounds maximum(List<Bounds> several) {
    return between(greatest(several, Bounds::low), greatest(several, Bounds::high));
  }

  /** The bounds of the minimum of one number from each. */
  public static Bounds minimum(List<Bounds> several) {
    return between(least(several, Bounds::low), least(several, Bounds::high));
  }

  private static double least(List<Bounds> several, ToDoubleFunction<Bounds> of) {
    return given(several).stream().mapToDouble(of).min().orElseThrow();
  }

  private static double greatest(List<Bounds> several, ToDoubleFunction<Bounds> of) {
    return given(several).stream().mapToDouble(of).max().orElseThrow();
  }
}
