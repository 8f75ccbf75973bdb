package org.lossbook.formula;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Prints an expression as LaTeX or plain text, by the notations in {@link Op}.
 *
 * <p>Under a sum over the batch, variables carry the sample's index i; under a sum over a row also
 * the output's index k. A derivative, which stands for all numbers at once, has no index.
 */
class Printer {
  /** The most named parts shown of an abbreviated formula. */
  private static final int MOST_PARTS = 30;

  /** A LaTeX symbol with a subscript: {@code p_t} or {@code u_{12}}. */
  private static final Pattern SUBSCRIPT = Pattern.compile("(.*)_\\{?(\\w+)}?");

  private final boolean inLatex;
  private final Map<String, String> aliases = new LinkedHashMap<>();
  private final Set<ExprNode> defined = new HashSet<>();
  private String row = "";
  private String column = "";

  Printer(boolean inLatex) {
    this.inLatex = inLatex;
  }

  /** Plain text: {@code 1/n Σᵢ (yᵢ − ŷᵢ)²}. */
  static String plainText(ExprNode e) {
    return new Printer(false).print(e);
  }

  /** LaTeX, as a textbook would print it, without the dollars. */
  static String latex(ExprNode e) {
    return new Printer(true).print(e);
  }

  /** Plain text for one sample: {@code (yᵢ − ŷᵢ)²}. */
  static String ofSample(ExprNode e) {
    return new Printer(false).printSample(e);
  }

  /** What is printed and its precedence: 1 big operators … 5 atoms. */
  record Piece(String text, int precedence) {}

  /** The whole expression and what its names stand for, abbreviated if it is too long. */
  final String print(ExprNode e) {
    return at(0, abbreviated(e)) + definitions();
  }

  /** What the names stand for in all that was printed, each after a comma. */
  final String definitions() {
    StringBuilder text = new StringBuilder();
    String separator = inLatex ? ",\\quad " : ", ";
    int omitted = Math.max(0, aliases.size() - MOST_PARTS);
    if (omitted > 0) {
      text.append(separator)
          .append(
              inLatex
                  ? "\\ldots\\ (" + omitted + "\\text{ more parts})"
                  : "… (" + omitted + " more parts)");
    }
    aliases.entrySet().stream()
        .skip(omitted)
        .forEach(
            alias ->
                text.append(separator)
                    .append(alias.getKey())
                    .append(" = ")
                    .append(alias.getValue()));
    return text.toString();
  }

  /** An expression among others that share their names, if it is short enough to need no others. */
  final Optional<String> printAmongOthers(ExprNode e) {
    return CommonSubexpressions.of(e).equals(e) ? Optional.of(at(0, e)) : Optional.empty();
  }

  /** Abbreviates a long expression and defines the innermost names first. */
  private ExprNode abbreviated(ExprNode e) {
    ExprNode abbreviated = CommonSubexpressions.of(e);
    if (!abbreviated.equals(e)) {
      Traversal.postOrder(abbreviated).stream()
          .filter(part -> part.op() == Leaves.ALIAS)
          .forEach(this::alias);
    }
    return abbreviated;
  }

  /** The expression for sample i, without what its names stand for. */
  final String printSample(ExprNode e) {
    ExprNode abbreviated = abbreviated(e);
    row = "i";
    return at(0, abbreviated);
  }

  final String at(int precedence, ExprNode e) {
    return at(precedence, piece(e));
  }

  private String at(int precedence, Piece piece) {
    return piece.precedence >= precedence ? piece.text : parenthesized(piece.text);
  }

  private String parenthesized(String text) {
    return inLatex ? "\\left(" + text + "\\right)" : "(" + text + ")";
  }

  Piece piece(ExprNode e) {
    Op op = e.op();
    if (op == Leaves.NUMBER) {
      return number(e.number());
    }
    if (op == Leaves.VARIABLE) {
      return new Piece(indexed(e), 5);
    }
    if (op == Leaves.ALIAS) {
      return new Piece(alias(e), 5);
    }
    if (op == Leaves.PARAMETER) {
      aliases.put(e.symbol(inLatex), number(e.number()).text);
    }
    if ((op == Choices.ABOVE || op == Choices.GREATER) && e.arg(0).isNumber()) {
      return piece(ExprNode.of(Choices.LESS, e.arg(1), e.arg(0))); // ŷ < 1, not 1 > ŷ
    }
    if (op == Arithmetic.TIMES) {
      return new Piece(times(e), 3);
    }
    if (e.args().isEmpty()) {
      return new Piece(e.symbol(inLatex), 5);
    }
    String notation = inLatex ? op.latex() : op.text();
    return new Piece(indexed(e, notation.substring(2)), notation.charAt(0) - '0');
  }

  final Piece number(double number) {
    return new Piece(inLatex ? Numbers.latex(number) : Numbers.text(number), number < 0 ? 2 : 5);
  }

  /** The filled-in notation, with the indices that the operation gives its operands. */
  private String indexed(ExprNode e, String notation) {
    String outerRow = row;
    String outerColumn = column;
    switch (e.op().kind()) {
      case BATCH_REDUCTION -> row = "i";
      case ROW_REDUCTION -> column = ofRow(e);
      case ROWWISE -> column = "";
      default -> {}
    }
    String text = filled(notation, e);
    row = outerRow;
    column = outerColumn;
    if (e.op().kind() != Op.Kind.ROWWISE || column.isEmpty()) {
      return text;
    }
    boolean isQuotient = e.op() == Rows.UNIT;
    return (isQuotient ? parenthesized(text) : text) + subscript(column);
  }

  /** The index of an operation's operand in a row; a norm's is the row itself. */
  private String ofRow(ExprNode e) {
    boolean isNorm = e.op() == Rows.NORM || e.op() == Rows.DIVISOR_NORM;
    return e.op() == Rows.PICK ? at(0, e.arg(1)) : isNorm ? "" : "k";
  }

  private String filled(String notation, ExprNode e) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < notation.length(); i++) {
      char c = notation.charAt(i);
      if (c == '#') {
        ExprNode arg = e.arg(notation.charAt(i + 1) - 'a');
        Piece piece = piece(arg);
        boolean isTerm = e.op() == Arithmetic.PLUS || e.op() == Arithmetic.MINUS;
        boolean bare = isTerm && arg.op() == Rows.ROW_SUM && piece.precedence == 1;
        char precedence = bare ? '1' : notation.charAt(i + 2); // Σ reaches as far as a product does
        text.append(operand(piece, precedence, text.length() > 0));
        i += 2;
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }

  private String operand(Piece arg, char precedence, boolean follows) {
    if (precedence == '_') {
      return inLatex ? at(0, arg) : subscript(at(0, arg));
    }
    if (precedence == '?') {
      return at(0, arg).replaceFirst("^(?:1|\\\\mathbb\\{1\\})\\[(.*)\\]$", "$1");
    }
    if (precedence == 'b') {
      return at(arg.precedence == 1 ? 1 : 3, arg);
    }
    String text = at(precedence - '0', arg);
    boolean signs = text.startsWith("-") || text.startsWith("−");
    return follows && signs && precedence != '0' ? parenthesized(text) : text;
  }

  private String alias(ExprNode e) {
    if (defined.add(e)) {
      String outerRow = row;
      String outerColumn = column;
      row = "";
      column = "";
      aliases.put(e.symbol(inLatex), at(0, e.arg(0)));
      row = outerRow;
      column = outerColumn;
    }
    return indexed(e);
  }

  /** The symbol with its indices: {@code p_t} becomes {@code p_{t,i}}. */
  private String indexed(ExprNode e) {
    String symbol = e.symbol(inLatex);
    String indices = indices(e.shape());
    if (!inLatex || indices.isEmpty()) {
      return symbol + indices;
    }
    Matcher subscript = SUBSCRIPT.matcher(symbol);
    return subscript.matches()
        ? subscript.group(1) + "_{" + subscript.group(2) + "," + indices.substring(2)
        : symbol + indices;
  }

  /** A product, {@code 2(ŷ − y)}, {@code y log ŷ}, {@code 2·3}: the dot only where it helps. */
  private String times(ExprNode e) {
    String left = at(inLatex && endsOpen(e.arg(0)) ? 6 : 3, e.arg(0));
    String right = at(3, e.arg(1));
    boolean number = Character.isDigit(right.charAt(0));
    if (inLatex) {
      return left + (number ? " \\cdot " : " ") + right;
    }
    boolean apart = number || right.startsWith("−") || right.matches("(?s)\\p{Alpha}{2}.*");
    return left + (e.arg(0).isNumber() && !apart ? "" : "·") + right;
  }

  /** Whether it ends like {@code log x}, which would swallow a factor after it. */
  private static boolean endsOpen(ExprNode e) {
    return e.op() == Arithmetic.TIMES
        ? endsOpen(e.arg(1))
        : !e.args().isEmpty() && e.op().latex().startsWith("4|\\log");
  }

  private String indices(Shape shape) {
    return switch (shape) {
      case SCALAR -> "";
      case SAMPLE -> subscript(row);
      case ELEMENT -> {
        boolean apart = column.length() > 1 && !row.isEmpty();
        yield subscript(row + (apart ? ", " : "") + column);
      }
    };
  }

  private String subscript(String index) {
    if (index.isEmpty()) {
      return "";
    }
    return inLatex ? "_{" + index + "}" : Numbers.subscript(index);
  }
}
