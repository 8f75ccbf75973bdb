package org.lossbook.formula;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Prints an expression by the notations in {@link Ops}, as LaTeX or as plain text.
 *
 * <p>Under a sum over the batch the variables carry the sample's index i, under a sum over a row
 * the output's index k as well. A derivative, which stands for every number at once, has none.
 */
final class Printer {
  private final boolean inLatex;
  private final Map<String, String> aliases = new LinkedHashMap<>();
  private String row = "";
  private String column = "";

  Printer(boolean inLatex) {
    this.inLatex = inLatex;
  }

  /** The whole expression, and what its aliases stand for. */
  String print(Expr e) {
    StringBuilder text = new StringBuilder(at(0, e));
    aliases.forEach(
        (name, meaning) ->
            text.append(inLatex ? ",\\quad " : ", ").append(name).append(" = ").append(meaning));
    return text.toString();
  }

  private String at(int level, Expr e) {
    return levelOf(e) >= level ? body(e) : parenthesized(body(e));
  }

  private String parenthesized(String text) {
    return inLatex ? "\\left(" + text + "\\right)" : "(" + text + ")";
  }

  private int levelOf(Expr e) {
    if (e.isNumber()) {
      return e.number() < 0 ? 2 : 5;
    }
    return e.args().isEmpty() ? 5 : notation(e).charAt(0) - '0';
  }

  private String notation(Expr e) {
    return inLatex ? e.op().latex() : e.op().text();
  }

  private String body(Expr e) {
    Op op = e.op();
    if (op == Ops.NUMBER) {
      return inLatex ? Numbers.latex(e.number()) : Numbers.text(e.number());
    }
    if (op == Ops.VARIABLE) {
      return e.symbol(inLatex) + indices(e.shape());
    }
    if (op == Ops.ALIAS) {
      return alias(e);
    }
    if (op == Ops.TIMES) {
      return times(e);
    }
    if (e.args().isEmpty()) {
      return e.symbol(inLatex);
    }
    String outerRow = row;
    String outerColumn = column;
    switch (op.kind()) {
      case BATCH -> row = "i";
      case FOLD -> column = op == Ops.PICK ? at(0, e.arg(1)) : "k";
      case ROWWISE -> column = "";
      default -> {}
    }
    String text = filled(notation(e).substring(2), e);
    row = outerRow;
    column = outerColumn;
    return op.kind() == Op.Kind.ROWWISE ? text + subscript(column) : text;
  }

  private String filled(String notation, Expr e) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < notation.length(); i++) {
      char c = notation.charAt(i);
      if (c == '#') {
        Expr arg = e.arg(notation.charAt(i + 1) - 'a');
        text.append(operand(arg, notation.charAt(i + 2), text.length() > 0));
        i += 2;
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }

  private String operand(Expr arg, char level, boolean follows) {
    if (level == '_') {
      return inLatex ? at(0, arg) : subscript(at(0, arg));
    }
    if (level == 'b') {
      return at(levelOf(arg) == 1 ? 1 : 3, arg);
    }
    String text = at(level - '0', arg);
    boolean signs = text.startsWith("-") || text.startsWith("−");
    return follows && signs && level != '0' ? parenthesized(text) : text;
  }

  private String alias(Expr e) {
    String outerRow = row;
    String outerColumn = column;
    row = "";
    column = "";
    aliases.put(e.symbol(inLatex), at(0, e.arg(0)));
    row = outerRow;
    column = outerColumn;
    return e.symbol(inLatex) + indices(e.shape());
  }

  /** {@code 2(ŷ − y)}, {@code y log ŷ}, {@code 2·3}: the dot only where it helps. */
  private String times(Expr e) {
    String left = at(inLatex && endsOpen(e.arg(0)) ? 6 : 3, e.arg(0));
    String right = at(3, e.arg(1));
    boolean number = Character.isDigit(right.charAt(0));
    if (inLatex) {
      return left + (number ? " \\cdot " : " ") + right;
    }
    return left + (e.arg(0).isNumber() && !number ? "" : "·") + right;
  }

  /** {@code log x} would take in what follows it. */
  private boolean endsOpen(Expr e) {
    return e.op() == Ops.TIMES
        ? endsOpen(e.arg(1))
        : !e.args().isEmpty() && levelOf(e) == 4 && e.op().latex().contains("\\log");
  }

  private String indices(Shape shape) {
    return switch (shape) {
      case SCALAR -> "";
      case SAMPLE -> subscript(row);
      case ELEMENT ->
          subscript(
              column.isEmpty() || row.isEmpty() || inLatex ? row + comma() + column : row + column);
    };
  }

  private String comma() {
    return column.length() > 1 && !row.isEmpty() ? ", " : "";
  }

  private String subscript(String index) {
    if (index.isEmpty()) {
      return "";
    }
    return inLatex ? "_{" + index + "}" : Numbers.subscript(index);
  }
}
