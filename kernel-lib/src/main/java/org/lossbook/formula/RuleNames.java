package org.lossbook.formula;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the rules of differentiation are called, and what they say, for a line of a derivation. */
final class RuleNames {
  private static final ExprNode C = ExprNode.leaf(Leaves.NAMED, Shape.SCALAR, 1, "c", "c");
  private static final List<String> OPERANDS = List.of("u", "v", "w");

  /** Names of rules that stand for themselves. */
  private static final Map<Op, String> NAMES =
      Map.ofEntries(
          Map.entry(Arithmetic.PLUS, "sum rule"),
          Map.entry(Arithmetic.MINUS, "sum rule"),
          Map.entry(Arithmetic.NEGATE, "constant factor"),
          Map.entry(Powers.SQUARE, "power rule"),
          Map.entry(Powers.SQRT, "square root"),
          Map.entry(Functions.EXP, "exponential"),
          Map.entry(Functions.LOG, "logarithm"),
          Map.entry(Functions.LOG_FINITE, "logarithm"),
          Map.entry(Functions.LOG_BASE, "logarithm to another base"),
          Map.entry(Functions.LOG1P, "logarithm"),
          Map.entry(Functions.ABS, "absolute value: the sign of what is inside"),
          Map.entry(Functions.COS, "cosine"),
          Map.entry(Functions.SIN, "sine"),
          Map.entry(Functions.TANH, "hyperbolic tangent"),
          Map.entry(Functions.LOG_COSH, "logarithm of the hyperbolic cosine"),
          Map.entry(Functions.LOG_PARTITION, "logarithm of Barron's normalizing integral"),
          Map.entry(Functions.SIGMOID, "sigmoid"),
          Map.entry(Functions.LOG_SIGMOID, "logarithm of the sigmoid"),
          Map.entry(Functions.SOFTPLUS, "softplus: its slope is the sigmoid"),
          Map.entry(Choices.MIN, "minimum: only the smaller one moves it"),
          Map.entry(Choices.MAX, "maximum: only the larger one moves it"),
          Map.entry(Choices.CLIP, "clip: slope 1 between the bounds, 0 outside"),
          Map.entry(Choices.WHERE, "case by case"),
          Map.entry(Rows.ROW_SUM, "sum over the outputs: term by term"),
          Map.entry(Rows.ROW_MEAN, "mean over the outputs: each counts 1/m"),
          Map.entry(Rows.ROW_MAX, "maximum of a row: only the largest output moves it"),
          Map.entry(Rows.NORM, "Euclidean norm: ∂‖u‖/∂uⱼ = uⱼ/‖u‖"),
          Map.entry(Rows.UNIT, "normalization: what points along the row drops out"),
          Map.entry(Rows.LOG_SUM_EXP, "log-sum-exp: its slope is the softmax"),
          Map.entry(Rows.PICK, "choice of one output: the others do not move it"),
          Map.entry(Rows.SOFTMAX, "softmax: ∂sₖ/∂uⱼ = sₖ·(1[j = k] − sⱼ)"),
          Map.entry(Rows.LOG_SOFTMAX, "log-softmax: ∂log sₖ/∂uⱼ = 1[j = k] − sⱼ"),
          Map.entry(Batches.BATCH_SUM, "sum over the batch: each number is in one term"),
          Map.entry(Batches.BATCH_MEAN, "mean over the batch: each term counts 1/n"));

  /** Functions that are constant but where they jump. */
  private static final Set<Op> STEPS =
      Set.of(
          Functions.SIGN,
          Functions.FLOOR,
          Functions.CEIL,
          Choices.ABOVE,
          Choices.GREATER,
          Choices.AT_LEAST,
          Choices.LESS,
          Choices.AT_MOST,
          Choices.EQUAL,
          Choices.WITHIN,
          Rows.IS_MAX);

  private RuleNames() {}

  /**
   * The name of the rule for a node, with what it says in general where that is short.
   *
   * @param dependent what depends on the variable
   * @param variable the variable of the derivative
   */
  static String of(ExprNode node, Set<ExprNode> dependent, ExprNode variable) {
    if (node.op() == Leaves.ALIAS) {
      return "what " + node.symbol(false) + " stands for";
    }
    List<Boolean> depends = node.args().stream().map(dependent::contains).toList();
    String[] parts = name(node.op(), depends).split(": ", 2);
    String name = parts[0] + (isChain(node, depends, variable) ? " and chain rule" : "");
    boolean isShort = node.op().kind() == Op.Kind.ELEMENTWISE && node.op() != Choices.WHERE;
    String says = parts.length > 1 ? parts[1] : isShort ? general(node, depends) : "";
    return says.isEmpty() ? name : name + ": " + says;
  }

  private static String name(Op op, List<Boolean> depends) {
    boolean isOfBoth = depends.size() > 1 && depends.get(0) && depends.get(1);
    if (op == Arithmetic.TIMES) {
      return isOfBoth ? "product rule" : "constant factor";
    }
    if (op == Arithmetic.OVER) {
      return isOfBoth ? "quotient rule" : depends.get(0) ? "constant divisor" : "reciprocal";
    }
    if (op == Powers.POW || op == Powers.POW_OF_PROBABILITY) {
      return isOfBoth ? "power of a power" : depends.get(0) ? "power rule" : "exponential";
    }
    if (STEPS.contains(op)) {
      return "jumps: slope 0 between them";
    }
    return NAMES.getOrDefault(op, "derivative of " + op.name());
  }

  /** Whether a function is applied to more than the variable itself. */
  private static boolean isChain(ExprNode node, List<Boolean> depends, ExprNode variable) {
    Op op = node.op();
    boolean isLinear =
        op == Arithmetic.PLUS
            || op == Arithmetic.MINUS
            || op == Arithmetic.NEGATE
            || op == Arithmetic.TIMES
            || op == Arithmetic.OVER && depends.get(0)
            || op == Choices.WHERE
            || STEPS.contains(op)
            || op == Rows.ROW_SUM
            || op == Rows.ROW_MEAN
            || op.kind() == Op.Kind.BATCH_REDUCTION;
    for (int i = 0; i < depends.size() && !isLinear; i++) {
      if (depends.get(i) && !node.arg(i).equals(variable)) {
        return true;
      }
    }
    return false;
  }

  /** The rule itself, applied to operands u, v and w: {@code (u²)′ = 2u·u′}. */
  private static String general(ExprNode node, List<Boolean> depends) {
    ExprNode[] operands = new ExprNode[depends.size()];
    for (int i = 0; i < operands.length; i++) {
      ExprNode arg = node.arg(i);
      String symbol = OPERANDS.get(i);
      operands[i] =
          depends.get(i)
              ? symbol(symbol)
              : arg.isNumber() && node.op() != Arithmetic.PLUS ? arg : C;
    }
    ExprNode plain = ExprNode.of(node.op(), operands);
    List<ExprNode> terms = new ArrayList<>();
    for (int i = 0; i < operands.length; i++) {
      if (depends.get(i)) {
        ExprNode slope = node.op().derivative().backward(ExprNode.ONE, plain)[i];
        boolean isDivisor = slope.op() == Arithmetic.OVER && slope.arg(1).args().isEmpty();
        ExprNode simple = isDivisor ? slope : new Simplifier().simplify(slope);
        terms.add(Terms.product(simple, symbol(OPERANDS.get(i) + "′")));
      }
    }
    String left = Printer.plainText(plain);
    return (left.matches("\\w+\\(.*\\)") ? left : "(" + left + ")")
        + "′ = "
        + Printer.plainText(Terms.sum(terms));
  }

  private static ExprNode symbol(String text) {
    return ExprNode.leaf(Leaves.VARIABLE, Shape.ELEMENT, 0, text, text);
  }
}
