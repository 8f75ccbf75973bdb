package org.lossbook.formula;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.lossbook.Internal;

/**
 * A formula as data for a file: a list of steps, each an operation and its operands, which are
 * numbers, the variable's name or an earlier step, {@code "#0"}. A shared part is one step.
 *
 * <pre>{@code
 * x.times(x.softplus().tanh())   // [["softplus", "x"], ["tanh", "#0"], ["times", "x", "#1"]]
 * }</pre>
 *
 * @hidden
 */
@Internal
public final class SavedFormula {
  private static final int MOST_STEPS = 3_000;
  private static final Map<String, Op> OPERATIONS = new TreeMap<>();
  private static final Map<Op, String> NAMES = new IdentityHashMap<>();

  static {
    Stream.of(
            Stream.of(Arithmetic.PLUS, Arithmetic.MINUS, Arithmetic.NEGATE),
            Stream.of(Arithmetic.TIMES, Arithmetic.OVER),
            Stream.of(Powers.SQUARE, Powers.POW, Powers.SQRT),
            Stream.of(Functions.EXP, Functions.EXPM1, Functions.LOG, Functions.LOG_FINITE),
            Stream.of(Functions.LOG1P, Functions.ABS, Functions.SIGN, Functions.FLOOR),
            Stream.of(Functions.CEIL, Functions.TANH, Functions.LOG_COSH, Functions.COS),
            Stream.of(Functions.SIN, Functions.DECAY, Functions.SIGMOID, Functions.LOG_SIGMOID),
            Stream.of(Functions.SOFTPLUS, Functions.LOG_PARTITION, NormalDistribution.CDF),
            Stream.of(Choices.MIN, Choices.MAX, Choices.ABOVE, Choices.GREATER),
            Stream.of(Choices.AT_LEAST, Choices.LESS, Choices.AT_MOST, Choices.EQUAL),
            Stream.of(Choices.WHERE, Choices.CLIP, Choices.WITHIN))
        .flatMap(each -> each)
        .forEach(each -> OPERATIONS.put(each.name(), each));
    // Those that share their printed name with another.
    OPERATIONS.put("logBase", Functions.LOG_BASE);
    OPERATIONS.put("powOfShare", Powers.POW_OF_PROBABILITY);
    OPERATIONS.forEach((name, op) -> NAMES.put(op, name));
  }

  private SavedFormula() {}

  /** Whether it works on each number alone, so that {@link #data} can describe it. */
  public static boolean isElementwise(Expr formula) {
    return Traversal.postOrder(formula.node()).stream()
        .allMatch(
            node ->
                node.op() == Leaves.NUMBER
                    || node.op() == Leaves.NAMED
                    || node.op() == Leaves.PARAMETER
                    || node.op() == Leaves.ALIAS
                    || node.op() == Leaves.VARIABLE
                    || NAMES.containsKey(node.op()));
  }

  /** The formula as data, if {@link #isElementwise}. */
  public static List<Object> data(Expr formula) {
    List<Object> steps = new ArrayList<>();
    Map<ExprNode, Object> places = new HashMap<>();
    for (ExprNode node : Traversal.postOrder(formula.node())) {
      if (node.isNumber() || node.op() == Leaves.VARIABLE) {
        places.put(node, node.isNumber() ? (Object) node.number() : node.symbol(false));
      } else {
        places.put(node, "#" + steps.size());
        steps.add(step(node, places));
      }
    }
    return steps.isEmpty() ? List.of(places.get(formula.node())) : steps;
  }

  private static Object step(ExprNode node, Map<ExprNode, Object> places) {
    List<Object> step = new ArrayList<>();
    if (node.op() == Leaves.NAMED || node.op() == Leaves.PARAMETER || node.op() == Leaves.ALIAS) {
      step.addAll(List.of(leafName(node), node.symbol(false), node.symbol(true)));
      step.add(node.op() == Leaves.ALIAS ? places.get(node.arg(0)) : (Object) node.number());
      return step;
    }
    step.add(NAMES.get(node.op()));
    node.args().forEach(arg -> step.add(places.get(arg)));
    return step;
  }

  private static String leafName(ExprNode node) {
    return node.op() == Leaves.NAMED ? "named" : node.op() == Leaves.PARAMETER ? "parameter" : "as";
  }

  /**
   * The formula that such data describes.
   *
   * @param variables by the names that stand for them
   * @throws IllegalArgumentException where the data is not a formula: says what is wrong
   */
  public static Expr read(List<?> data, Map<String, Expr> variables) {
    if (data.isEmpty() || data.size() > MOST_STEPS) {
      throw wrong(
          String.format(Locale.ROOT, "1 to %,d steps", MOST_STEPS),
          String.format(Locale.ROOT, "%,d", data.size()));
    }
    List<ExprNode> steps = new ArrayList<>();
    for (Object each : data) {
      steps.add(
          each instanceof List<?> step
              ? node(step, steps, variables)
              : operand(each, steps, variables));
    }
    return new Expr(steps.get(steps.size() - 1));
  }

  private static ExprNode node(List<?> step, List<ExprNode> steps, Map<String, Expr> variables) {
    if (step.isEmpty() || !(step.get(0) instanceof String name)) {
      throw wrong("an operation and its operands", "a step without one");
    }
    if (List.of("named", "parameter", "as").contains(name)) {
      return leaf(name, step, steps, variables);
    }
    Op op = OPERATIONS.get(name);
    if (op == null) {
      throw wrong("one of " + OPERATIONS.keySet(), shown(name));
    }
    ExprNode[] operands =
        step.stream().skip(1).map(each -> operand(each, steps, variables)).toArray(ExprNode[]::new);
    if (operands.length != operands(op)) {
      throw wrong(operands(op) + " for " + name, operands.length + "");
    }
    return ExprNode.of(op, operands);
  }

  private static ExprNode leaf(
      String name, List<?> step, List<ExprNode> steps, Map<String, Expr> variables) {
    if (step.size() != 4
        || !(step.get(1) instanceof String text)
        || !(step.get(2) instanceof String latex)) {
      throw wrong("a symbol as text and as LaTeX and a value", name + " with something else");
    }
    ExprNode value = operand(step.get(3), steps, variables);
    if (name.equals("as")) {
      return value.as(text, latex);
    }
    if (!value.isNumber()) {
      throw wrong("a number for " + name, shown(step.get(3)));
    }
    Op op = name.equals("named") ? Leaves.NAMED : Leaves.PARAMETER;
    return ExprNode.leaf(op, Shape.SCALAR, value.number(), text, latex);
  }

  private static ExprNode operand(
      Object operand, List<ExprNode> steps, Map<String, Expr> variables) {
    if (operand instanceof Number number && Double.isFinite(number.doubleValue())) {
      return ExprNode.of(number.doubleValue());
    }
    if (operand instanceof String text && variables.containsKey(text)) {
      return variables.get(text).node();
    }
    if (operand instanceof String text && text.matches("#\\d{1,4}")) {
      int step = Integer.parseInt(text.substring(1));
      if (step < steps.size()) {
        return steps.get(step);
      }
    }
    throw wrong("a number, one of " + variables.keySet() + " or an earlier step", shown(operand));
  }

  /** As many as its notation has. */
  private static int operands(Op op) {
    return op.latex().contains("#c") ? 3 : op.latex().contains("#b") ? 2 : 1;
  }

  private static String shown(Object value) {
    String text = String.valueOf(value).replaceAll("\\p{Cntrl}", "?");
    return text.length() > 60 ? text.substring(0, 60) + "…" : text;
  }

  private static IllegalArgumentException wrong(String expected, String received) {
    return new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "a saved formula expects %s but receives %s: write it with Lossbook.",
            expected,
            received));
  }
}
