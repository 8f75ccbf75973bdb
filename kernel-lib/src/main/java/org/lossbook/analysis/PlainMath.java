package org.lossbook.analysis;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Formulas as a line of text writes them, in LaTeX. */
final class PlainMath {
  private static final Pattern DERIVATIVE =
      Pattern.compile("∂L/∂([\\p{L}]\\p{M}?'?(?:_\\w|\\^\\{\\(\\d+\\)\\})?[ₜ₊₋₁ᵢₒ]*)");
  private static final Pattern WORDS =
      Pattern.compile("[ ,;:]*(?<![\\p{L}])\\p{Ll}{2,}(?:[ ,;:]+\\p{Ll}{2,})*(?!\\p{L})[ ,;:]*");
  private static final Map<String, String> SYMBOLS = symbols();

  private PlainMath() {}

  private static Map<String, String> symbols() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("ₜ₋₁", "_{t-1}");
    all.put("ₜ₊₁", "_{t+1}");
    all.put("ₜ", "_t");
    all.put("₁", "_1");
    all.put("ₒ", "_o");
    all.put("ᵀ", "{}^{\\top}");
    all.put("⊙", "\\odot");
    all.put("Σ", "\\textstyle\\sum");
    all.put("Δ", "\\Delta ");
    all.put("σ", "\\sigma");
    all.put("√", "\\sqrt ");
    all.put("−", "-");
    all.put("∞", "\\infty");
    all.put("…", "\\ldots");
    return all;
  }

  static String latex(String plain) {
    String text = WORDS.matcher(plain).replaceAll("\\\\text{$0}");
    text = DERIVATIVE.matcher(text).replaceAll("\\\\frac{\\\\partial L}{\\\\partial $1}");
    for (Map.Entry<String, String> symbol : SYMBOLS.entrySet()) {
      text = text.replace(symbol.getKey(), symbol.getValue());
    }
    return text;
  }
}
