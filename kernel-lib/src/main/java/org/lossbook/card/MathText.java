package org.lossbook.card;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Formulas within sentences, in LaTeX, as a terminal can show them: {@code 1/n Σᵢ (yᵢ − ŷᵢ)²}. */
final class MathText extends LatexWriter {
  private static final String BELOW = "0₀1₁2₂3₃4₄5₅6₆7₇8₈9₉iᵢjⱼkₖnₙtₜ+₊-₋=₌aₐmₘpₚ";
  private static final String ABOVE = "0⁰1¹2²3³4⁴5⁵6⁶7⁷8⁸9⁹nⁿiⁱtᵗγᵞβᵝTᵀxˣ-⁻−⁻+⁺";
  private static final Map<String, String> MARKS =
      Map.of("hat", "\u0302", "tilde", "\u0303", "bar", "\u0304", "overline", "\u0304");
  private static final Pattern SPACED = Pattern.compile("[−+=<>≤≥≠←∈·↦∣→×⊙]|\\\\?:");

  private MathText(String latex) {
    super(latex);
  }

  /** Text whose formulas between \( and \) become words and signs. */
  static String inText(String text) {
    return inText(text, latex -> new MathText(latex).row());
  }

  @Override
  String row() {
    var row = new StringBuilder();
    while (!isEnd(latex.peek())) {
      row.append(scripted());
    }
    return row.toString().replaceAll(" {2,}", " ").replaceAll("([(\\[{]) ", "$1").strip();
  }

  private String scripted() {
    String text = atom();
    boolean isSpaced = text.endsWith(" ");
    text = isSpaced ? text.stripTrailing() : text;
    while (isScript(latex.peek())) {
      String kind = latex.take();
      text +=
          kind.equals("'")
              ? "′"
              : kind.equals("_") ? script(argument(), BELOW, "_") : script(argument(), ABOVE, "^");
    }
    return isSpaced ? text + " " : text;
  }

  private static String script(String text, String signs, String mark) {
    var small = new StringBuilder();
    for (char c : text.toCharArray()) {
      int at = signs.indexOf(c);
      if (at < 0 || at % 2 != 0) {
        return text.length() == 1 ? mark + text : mark + "(" + text + ")";
      }
      small.append(signs.charAt(at + 1));
    }
    return small.toString();
  }

  @Override
  String argument() {
    return super.argument().strip();
  }

  @Override
  String character(String token) {
    return operator(token.equals("-") ? "−" : token);
  }

  private static String operator(String sign) {
    return SPACED.matcher(sign).matches() ? " " + sign + " " : sign.equals(",") ? ", " : sign;
  }

  @Override
  String command(String name) {
    if (MathSymbols.LETTERS.containsKey(name)) {
      return MathSymbols.LETTERS.get(name);
    }
    if (MathSymbols.LARGE.containsKey(name)) {
      return (name.equals("sum") ? " Σ" : MathSymbols.LARGE.get(name)) + " ";
    }
    if (MathSymbols.FUNCTIONS.contains(name)) {
      return " " + name + (List.of("(", "\\left", "_", "^").contains(latex.peek()) ? "" : " ");
    }
    if (MathSymbols.OPERATORS.containsKey(name)) {
      return operator(MathSymbols.OPERATORS.get(name));
    }
    if (MathSymbols.SPACES.containsKey(name)) {
      return name.equals("!") ? "" : " ";
    }
    if (MARKS.containsKey(name)) {
      String under = argument();
      return Normalizer.normalize(under + MARKS.get(name), Normalizer.Form.NFC);
    }
    return structure(name);
  }

  private String structure(String name) {
    return switch (name) {
      case "frac", "tfrac", "dfrac" -> {
        String above = bracketed(argument());
        yield above + "/" + bracketed(argument()) + " ";
      }
      case "sqrt" -> "√" + bracketed(argument());
      case "text", "operatorname", "mathrm", "mathit" -> latex.group().replace("\\_", "_");
      case "left" -> fenced();
      case "begin" -> cases();
      case "mathbb", "mathcal", "mathbf", "underline" -> argument();
      default -> "";
    };
  }

  private static String bracketed(String text) {
    return text.matches(".*[ −+,].*") ? "(" + text + ")" : text;
  }

  private String fenced() {
    String open = fence(latex.take());
    String inside = row();
    latex.takeIf("\\right");
    return open + inside + fence(latex.take());
  }

  private static String fence(String token) {
    String name = token.startsWith("\\") ? token.substring(1) : token;
    if (token.equals(".") || token.equals("|")) {
      return token.equals(".") ? "" : token; // a norm is \lVert
    }
    return MathSymbols.OPERATORS.getOrDefault(name, name);
  }

  /** Lines one after the other: {@code (a if b; c otherwise)}. */
  private String cases() {
    latex.group();
    List<String> lines = new ArrayList<>();
    String line = row();
    while (!isEnd(latex.peek()) || latex.hasNext()) {
      if (latex.takeIf("&")) {
        String condition = row();
        line += condition.matches("\\w+") ? " " + condition : " if " + condition;
      } else if (latex.takeIf("\\\\")) {
        lines.add(line);
        line = row();
      } else {
        latex.takeIf("\\end");
        latex.group();
        break;
      }
    }
    lines.add(line);
    return "(" + String.join("; ", lines) + ")";
  }
}
