package org.lossbook.card;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.lossbook.notebook.Markup;

/**
 * MathML of what the library prints as LaTeX: browsers show it without a script and without a
 * network. A command that is not known here shows its name as an error.
 */
final class MathMl extends LatexWriter {
  /** What is higher than a line, so that brackets around it have to grow. */
  private static final Pattern HIGH = Pattern.compile("<(mfrac|mtable|munder|munderover)[ >]");

  private MathMl(String latex) {
    super(latex);
  }

  /** An equation on a line of its own. */
  static String block(String latex) {
    return "<math display=\"block\">" + new MathMl(latex).row() + "</math>";
  }

  /** An equation within a sentence. */
  static String inline(String latex) {
    return "<math>" + new MathMl(latex).row() + "</math>";
  }

  /** HTML whose formulas, between \( and \), become MathML. */
  static String inText(String html) {
    return inText(html, latex -> inline(unescaped(latex)));
  }

  private static String unescaped(String html) {
    return html.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
  }

  @Override
  String row() {
    var row = new StringBuilder("<mrow>");
    while (!isEnd(latex.peek())) {
      row.append(scripted());
    }
    return row.append("</mrow>").toString();
  }

  /** An atom with what stands below and above it. */
  private String scripted() {
    String first = latex.peek();
    String name = first.startsWith("\\") ? first.substring(1) : "";
    boolean isLarge = MathSymbols.LARGE.containsKey(name) || MathSymbols.LIMITS.contains(name);
    String base = isScript(first) ? "<mrow></mrow>" : atom();
    String below = "";
    String above = "";
    while (isScript(latex.peek())) {
      String kind = latex.take();
      if (kind.equals("_")) {
        below = argument();
      } else {
        above += kind.equals("'") ? operator("′") : argument();
      }
    }
    boolean isFunction = MathSymbols.FUNCTIONS.contains(name) || first.equals("\\operatorname");
    return scripts(base, below, above, isLarge) + (isFunction ? afterFunction() : "");
  }

  private static String scripts(String base, String below, String above, boolean isLarge) {
    if (below.isEmpty() && above.isEmpty()) {
      return base;
    }
    String kind =
        below.isEmpty()
            ? (isLarge ? "mover" : "msup")
            : above.isEmpty() ? (isLarge ? "munder" : "msub") : isLarge ? "munderover" : "msubsup";
    return element(kind, base + below + (above.isEmpty() ? "" : element("mrow", above)));
  }

  /** A space before an argument without brackets. */
  private String afterFunction() {
    boolean isBare = !List.of("(", "[", "\\left", "").contains(latex.peek());
    return isBare && !isEnd(latex.peek()) ? space("0.167em") : "";
  }

  @Override
  String character(String token) {
    int character = token.codePointAt(0);
    if (Character.isDigit(character)) {
      return element("mn", token);
    }
    if (Character.isLetter(character)) {
      return element("mi", Markup.html(token));
    }
    return operator(token.equals("-") ? "−" : token);
  }

  @Override
  String command(String name) {
    if (MathSymbols.LETTERS.containsKey(name)) {
      return element("mi", MathSymbols.LETTERS.get(name));
    }
    if (MathSymbols.LARGE.containsKey(name)) {
      return "<mo movablelimits=\"true\">" + MathSymbols.LARGE.get(name) + "</mo>";
    }
    if (MathSymbols.LIMITS.contains(name)) {
      return "<mo movablelimits=\"true\" form=\"prefix\">" + name + "</mo>";
    }
    if (MathSymbols.FUNCTIONS.contains(name)) {
      return element("mi", name);
    }
    if (MathSymbols.OPERATORS.containsKey(name)) {
      return operator(MathSymbols.OPERATORS.get(name));
    }
    if (MathSymbols.SPACES.containsKey(name)) {
      return space(MathSymbols.SPACES.get(name));
    }
    if (MathSymbols.ACCENTS.containsKey(name)) {
      String sign = "<mo stretchy=\"false\">" + MathSymbols.ACCENTS.get(name) + "</mo>";
      return "<mover accent=\"true\">" + argument() + sign + "</mover>";
    }
    return structure(name);
  }

  private String structure(String name) {
    return switch (name) {
      case "frac", "tfrac", "dfrac" -> element("mfrac", argument() + argument());
      case "sqrt" -> root();
      case "underline" -> "<mrow style=\"border-bottom:1.5px solid\">" + argument() + "</mrow>";
      case "text", "mathrm", "textbf" -> text(latex.group());
      case "operatorname", "mathit" -> element("mi", Markup.html(plain(latex.group())));
      case "mathbb" -> element("mn", doubled(latex.group()));
      case "mathcal", "mathbf", "boldsymbol" -> argument();
      case "left" -> fenced();
      case "bigl", "bigr", "big", "Big", "bigg", "middle" -> atom();
      case "begin" -> environment(latex.group());
      case " " -> space("0.33em");
      default -> element("merror", element("mtext", Markup.html(name)));
    };
  }

  private String root() {
    if (!latex.takeIf("[")) {
      return element("msqrt", argument());
    }
    var degree = new StringBuilder();
    while (!latex.takeIf("]")) {
      degree.append(atom());
    }
    return element("mroot", argument() + element("mrow", degree.toString()));
  }

  private String fenced() {
    String open = latex.take();
    String inside = row();
    latex.takeIf("\\right");
    boolean isHigh = HIGH.matcher(inside).find();
    return element("mrow", fence(open, isHigh) + inside + fence(latex.take(), isHigh));
  }

  private static String fence(String token) {
    return fence(token, true);
  }

  private static String fence(String token, boolean isHigh) {
    if (token.equals(".")) {
      return "";
    }
    String name = token.startsWith("\\") ? token.substring(1) : token;
    String sign = token.equals("|") ? token : MathSymbols.OPERATORS.getOrDefault(name, name);
    return "<mo fence=\"true\" stretchy=\"" + isHigh + "\">" + Markup.html(sign) + "</mo>";
  }

  private String environment(String name) {
    if (name.equals("array")) {
      latex.group(); // how its columns are aligned
    }
    List<String> rows = new ArrayList<>();
    var cells = new StringBuilder();
    String before = latex.peek();
    while (!before.isEmpty() && !latex.takeIf("\\end")) {
      cells.append(element("mtd", row()));
      boolean ends = latex.takeIf("\\\\");
      if (ends && latex.takeIf("[")) {
        while (!latex.takeIf("]") && latex.hasNext()) {
          latex.take(); // the space below this row
        }
      }
      if (ends || latex.peek().equals("\\end")) {
        rows.add(element("mtr", cells.toString()));
        cells.setLength(0);
      } else if (!latex.takeIf("&")) {
        break;
      }
    }
    latex.group();
    String table = "<mtable class=\"" + name + "\">" + String.join("", rows) + "</mtable>";
    return switch (name) {
      case "cases" -> element("mrow", fence("{") + table);
      case "pmatrix" -> element("mrow", fence("(") + table + fence(")"));
      case "bmatrix" -> element("mrow", fence("[") + table + fence("]"));
      default -> table;
    };
  }

  private static String text(String words) {
    String plain = Markup.html(plain(words));
    return element("mtext", plain.replaceFirst("^ ", "\u00a0").replaceFirst(" $", "\u00a0"));
  }

  private static String plain(String words) {
    return words.replaceAll("\\\\([_%$#&{}])", "$1").replaceAll("\\\\[,;: ]", " ");
  }

  private static String doubled(String letter) {
    return switch (letter) {
      case "1" -> "𝟙";
      case "E" -> "𝔼";
      case "R" -> "ℝ";
      default -> Markup.html(letter);
    };
  }

  private static String operator(String sign) {
    boolean isBracket = "()[]{}|‖⌊⌋⌈⌉⟨⟩".contains(sign);
    return "<mo" + (isBracket ? " stretchy=\"false\">" : ">") + Markup.html(sign) + "</mo>";
  }

  private static String space(String width) {
    return "<mspace width=\"" + width + "\"></mspace>";
  }

  private static String element(String name, String content) {
    return "<" + name + ">" + content + "</" + name + ">";
  }
}
