package org.lossbook.formula;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.lossbook.Internal;
import org.lossbook.formula.Program.Output;

/**
 * JavaScript code generation: expressions as one function in plain ES2017, with a statement for
 * each operation, where common subexpressions are computed once. It reads
 *
 * <pre>{@code
 * (n, y, p, delta) => { …; return [value, gradient]; }
 * }</pre>
 *
 * where n is the number of rows, the inputs come in the given order (a variable as a row-major
 * array, a parameter as a number), and the result is the value, then an array for each output.
 *
 * @hidden
 */
@Internal
public final class JavaScript {
  private final int width;
  private final Map<ExprNode, String> names = new HashMap<>();
  private final List<String> statements = new ArrayList<>();

  private JavaScript(int width) {
    this.width = width;
  }

  /**
   * The source code of the function.
   *
   * @param width numbers in a row
   * @param inputs variables and parameters, in the order in which the function takes them; a
   *     parameter that is not among them stays at its first value
   * @param value a scalar
   * @param outputs one number per sample or per output of a sample
   */
  public static String of(int width, List<Expr> inputs, Expr value, Output... outputs) {
    JavaScript script = new JavaScript(width);
    List<String> arguments = new ArrayList<>(List.of("n"));
    for (Expr input : inputs) {
      arguments.add("x" + (arguments.size() - 1));
      script.names.put(input.node(), arguments.get(arguments.size() - 1));
    }
    List<String> results = new ArrayList<>(List.of(script.name(value.node())));
    Arrays.stream(outputs).map(script::array).forEach(results::add);
    return String.format(
        Locale.ROOT,
        "(%s) => {\n  const each = (m, f) => Array.from({ length: m }, (_, i) => f(i));\n%s  return [%s];\n}",
        String.join(", ", arguments),
        String.join("", script.statements),
        String.join(", ", results));
  }

  /** An output as an array of the requested shape. */
  private String array(Output output) {
    ExprNode e = output.expr().node();
    name(e);
    Shape shape = output.shape();
    boolean hasShape = e.shape() == shape && e.op() != Leaves.POSITION;
    return hasShape
        ? names.get(e)
        : String.format(Locale.ROOT, "each(%s, (i) => %s)", length(shape), at(e, shape));
  }

  /** The name of an expression, after writing the statements that compute it. */
  private String name(ExprNode e) {
    String name = names.get(e);
    if (name == null && Traversal.mayBeDeep(e)) {
      Traversal.postOrder(e, names::containsKey).stream()
          .filter(part -> !part.equals(e))
          .forEach(this::name);
    }
    if (name == null) {
      name = e.args().isEmpty() ? leaf(e) : statement(e);
      names.put(e, name);
    }
    return name;
  }

  private String leaf(ExprNode e) {
    Op op = e.op();
    if (op == Leaves.VARIABLE) {
      throw new IllegalArgumentException(
          "JavaScript expects every variable among the inputs but receives a formula with "
              + Printer.plainText(e)
              + ": name it too.");
    }
    return op == Leaves.ROWS
        ? "n"
        : op == Leaves.COLUMNS
            ? Integer.toString(width)
            : op == Leaves.NUMBERS ? "(n * " + width + ")" : number(e.number());
  }

  private String statement(ExprNode e) {
    Op op = e.op();
    if (op.javascript().isEmpty()) {
      return name(op.definition().apply(e));
    }
    e.args().forEach(this::name);
    String right =
        switch (op.kind()) {
          case ELEMENTWISE -> each(e.shape(), elementwise(e));
          case ROW_REDUCTION -> each(Shape.SAMPLE, fold(e));
          case BATCH_REDUCTION -> batch(e);
          default -> throw new IllegalStateException(op + " has no JavaScript");
        };
    String name = "v" + statements.size();
    statements.add("  const " + name + " = " + right + ";\n");
    return name;
  }

  private String each(Shape shape, String formula) {
    return shape == Shape.SCALAR
        ? formula
        : String.format(Locale.ROOT, "each(%s, (i) => %s)", length(shape), formula);
  }

  private String length(Shape shape) {
    return shape == Shape.ELEMENT && width > 1 ? "n * " + width : "n";
  }

  private String elementwise(ExprNode e) {
    return filled(e, e.args().stream().map(arg -> at(arg, e.shape())).toList());
  }

  private String fold(ExprNode e) {
    List<String> operands = new ArrayList<>();
    for (ExprNode arg : e.args()) {
      operands.add(operands.isEmpty() ? row(arg) : at(arg, Shape.SAMPLE));
    }
    return filled(e, operands);
  }

  private String row(ExprNode e) {
    return e.shape() == Shape.ELEMENT && e.op() != Leaves.POSITION
        ? String.format(
            Locale.ROOT, "%s.slice(i * %d, i * %d + %d)", names.get(e), width, width, width)
        : String.format(Locale.ROOT, "each(%d, (i) => %s)", width, at(e, Shape.SAMPLE));
  }

  private String batch(ExprNode e) {
    ExprNode arg = e.arg(0);
    return arg.shape() == Shape.SCALAR
        ? names.get(arg) + " * n"
        : filled(e, List.of(names.get(arg)));
  }

  /** Element i of an expression, counted in its own shape or a larger one. */
  private String at(ExprNode e, Shape shape) {
    String name = names.get(e);
    if (e.op() == Leaves.POSITION) {
      return "(i % " + width + ")";
    }
    return switch (e.shape()) {
      case SCALAR -> name;
      case SAMPLE ->
          shape == Shape.ELEMENT && width > 1
              ? String.format(Locale.ROOT, "%s[Math.floor(i / %d)]", name, width)
              : name + "[i]";
      case ELEMENT -> name + "[i]";
    };
  }

  /** The filled-in notation; each operand is a name, an array element or a number. */
  private static String filled(ExprNode e, List<String> operands) {
    String formula = e.op().javascript();
    for (int i = 0; i < operands.size(); i++) {
      formula = formula.replace("#" + (char) ('a' + i), operands.get(i));
    }
    return formula;
  }

  private static String number(double number) {
    String text = Double.toString(number);
    String plain = text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    return number < 0 ? "(" + plain + ")" : plain;
  }
}
