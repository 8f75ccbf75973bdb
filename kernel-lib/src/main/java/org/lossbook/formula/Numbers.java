package org.lossbook.formula;

import java.util.Locale;

/** Numbers as a person writes them. */
final class Numbers {
  private Numbers() {}

  /** Six significant digits, without trailing zeros: {@code 0.25}, {@code −1.5}, {@code 1e-7}. */
  static String text(double number) {
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
      int decimals = Math.max(0, 6 + leading - whole);
      digits = trimmed(String.format(Locale.ROOT, "%." + decimals + "f", size));
    }
    return (number < 0 ? "−" : "") + digits;
  }

  private static String trimmed(String digits) {
    return digits.indexOf('.') < 0 ? digits : digits.replaceAll("0+$", "").replaceAll("\\.$", "");
  }

  /** {@code ᵢ}, {@code ᵢₖ}, and {@code [i, y]} where there are no small letters. */
  static String subscript(String index) {
    return switch (index) {
      case "i" -> "ᵢ";
      case "k" -> "ₖ";
      case "ik" -> "ᵢₖ";
      default -> "[" + index + "]";
    };
  }
}
