package org.lossbook.plot.canvas;

import java.util.Locale;
import org.lossbook.Internal;
import org.lossbook.base.Messages;

/**
 * Formats numbers for figures.
 *
 * @hidden
 */
@Internal
public final class NumberText {
  private static final double LARGEST = 1e300;

  private NumberText() {}

  /**
   * About four significant digits: {@code 0.0712}, {@code 12.35}, {@code 1.2e-05}, {@code 93,322}.
   */
  public static String text(double value) {
    double size = Math.abs(value);
    if (!Double.isFinite(value)) {
      return Double.isNaN(value) ? "NaN" : value > 0 ? "∞" : "−∞";
    }
    if (value == 0) {
      return "0";
    }
    String pattern =
        size < 1e-3 || size >= 1e9
            ? "%.1e"
            : size < 1 ? "%.4f" : size < 10 ? "%.3f" : size < 1000 ? "%.2f" : "%,.0f";
    return String.format(Locale.ROOT, pattern, value);
  }

  /** Refuses numbers too large for an axis; NaN and ∞ are gaps. */
  public static void drawable(String who, double... numbers) {
    for (double number : numbers) {
      if (Math.abs(number) > LARGEST && !Double.isInfinite(number)) {
        throw Messages.wrong(
            "%s expects numbers up to %s to draw but receives %s: draw their logarithms.",
            who, LARGEST, number);
      }
    }
  }

  /** {@code 93,322}, in every locale. */
  public static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }
}
