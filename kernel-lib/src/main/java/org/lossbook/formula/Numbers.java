package org.lossbook.formula;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import org.lossbook.Internal;

/**
 * Formats numbers as formulas, steps and tables show them, in plain text and in LaTeX.
 *
 * @hidden
 */
@Internal
public final class Numbers {
  private Numbers() {}

  /** Up to six significant digits: {@code 0.25}, {@code −1.5}, {@code 1e-7}. */
  public static String text(double number) {
    if (Double.isNaN(number)) {
      return "NaN";
    }
    if (Double.isInfinite(number)) {
      return number > 0 ? "∞" : "−∞";
    }
    double size = Math.abs(number);
    String digits;
    if (size != 0 && (size < 1e-4 || size >= 1e9)) {
      digits = String.format(Locale.ROOT, "%.5e", size);
      int e = digits.indexOf('e');
      digits = trimmed(digits.substring(0, e)) + "e" + Integer.parseInt(digits.substring(e + 1));
    } else {
      int whole = size < 1 ? 0 : (int) Math.floor(Math.log10(size)) + 1;
      int leading = size == 0 || size >= 1 ? 0 : (int) -Math.floor(Math.log10(size)) - 1;
      int decimals = Math.max(Math.max(0, 6 + leading - whole), belowOne(size));
      digits = trimmed(String.format(Locale.ROOT, "%." + decimals + "f", size));
    }
    return (number < 0 ? "−" : "") + digits;
  }

  /** A number for a table, to four significant digits. */
  public static String brief(double number) {
    return Double.isFinite(number)
        ? text(new BigDecimal(number).round(new MathContext(4)).doubleValue())
        : text(number);
  }

  /** The decimals it takes to tell a probability from 1: seven for {@code 1 − 1e-7}. */
  private static int belowOne(double size) {
    double rest = 1 - size;
    return rest > 1e-12 && rest < 1e-6 ? (int) Math.ceil(-Math.log10(rest)) : 0;
  }

  /** The same for LaTeX: {@code 10^{-7}} for {@code 1e-7}. */
  static String latex(double number) {
    String digits = text(number).replace('−', '-').replace("∞", "\\infty");
    int e = digits.indexOf('e');
    if (e < 0) {
      return digits;
    }
    String power = "10^{" + digits.substring(e + 1) + "}";
    return switch (digits.substring(0, e)) {
      case "1" -> power;
      case "-1" -> "-" + power;
      default -> digits.substring(0, e) + " \\cdot " + power;
    };
  }

  private static String trimmed(String digits) {
    return digits.indexOf('.') < 0 ? digits : digits.replaceAll("0+$", "").replaceAll("\\.$", "");
  }

  /** A subscript: {@code ᵢ}, {@code ᵢₖ}, {@code ₂}, or {@code [i, y]} where Unicode has none. */
  public static String subscript(String index) {
    StringBuilder small = new StringBuilder();
    for (char c : index.toCharArray()) {
      int i = "ik0123456789".indexOf(c);
      if (i < 0) {
        return "[" + index + "]";
      }
      small.append("ᵢₖ₀₁₂₃₄₅₆₇₈₉".charAt(i));
    }
    return small.toString();
  }
}
