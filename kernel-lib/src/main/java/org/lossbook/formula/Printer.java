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
    String text = body(e);
    boolean bare = levelOf(e) >= level;
    return bare ? text : inLatex ? "\\left(" + text + "\\right)" : "(" + text + ")";
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
      return Numbers.text(e.number());
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
        text.append(at(notation.charAt(i + 2) - '0', arg));
        i += 2;
      } else {
        text.append(c);
      }
    }
    return text.toString();
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
    String left = at(3, e.arg(0));
    String right = at(3, e.arg(1));
    boolean numbers = Character.isDigit(right.charAt(0));
    if (inLatex) {
      return left + (numbers ? " \\cdot " : " ") + right;
    }
    boolean tight = e.arg(0).isNumber() && !numbers;
    return left + (tight ? "" : "·") + right;
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
