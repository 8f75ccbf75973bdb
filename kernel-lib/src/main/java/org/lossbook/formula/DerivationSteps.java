package org.lossbook.formula;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.lossbook.formula.Op.Kind;

/**
 * Writes a derivative out while {@link Gradient} differentiates, so that its lines end in what that
 * returns.
 */
final class DerivationSteps {
  /** How far a number of a part reaches: which numbers of the variable it depends on. */
  private enum Reach {
    NUMBER,
    ROW,
    BATCH
  }

  /** A sum over parts of the formula: each part's gradient times the part's own derivative. */
  record State(ExprNode touched, Map<ExprNode, ExprNode> waiting, String rule) {}

  private final ExprNode variable;
  private final List<State> states = new ArrayList<>();
  private final ExprNode result;
  private final Map<ExprNode, Reach> reaches;
  private final List<ExprNode> order;
  private final Op derivative;
  private final Op next;
  private final Printer text = new Printer(false);
  private final Printer latex = new Printer(true);
  private final List<Derivation.Line> lines = new ArrayList<>();

  private DerivationSteps(ExprNode formula, ExprNode variable) {
    boolean isNumber = formula.shape() == Shape.SCALAR;
    // The derivative of each number with respect to its own input is that of their sum.
    ExprNode root = isNumber ? formula : ExprNode.of(Batches.BATCH_SUM, formula);
    this.variable = variable;
    order = Traversal.postOrder(root);
    Set<ExprNode> dependent = Gradient.dependent(root, variable);
    reaches = reaches(dependent);
    derivative = pending(variable, "\\left[#a0\\right]", "[#a0]");
    next = pending(variable, "\\left[\\underline{#a0}\\right]", "⟦#a0⟧");
    Map<ExprNode, ExprNode> known = new HashMap<>(Map.of(root, ExprNode.ONE));
    states.add(new State(formula, Map.of(formula, ExprNode.ONE), ""));
    ExprNode gradient =
        Gradient.of(
            root,
            variable,
            (node, waiting) -> {
              Map<ExprNode, ExprNode> shown = simplified(waiting, known);
              if (isNumber || !node.equals(root)) {
                states.add(new State(node, shown, RuleNames.of(node, dependent, variable)));
              }
            });
    result = isNumber ? gradient : Gradient.of(Batches.sum(formula), variable);
    print();
  }

  /** How the derivative with respect to a variable comes about. */
  static DerivationSteps of(ExprNode formula, ExprNode variable) {
    return new DerivationSteps(formula, variable);
  }

  /** The lines that were written. */
  Derivation written() {
    return new Derivation(lines, text.definitions(), latex.definitions());
  }

  private static Op pending(ExprNode variable, String latex, String text) {
    return Op.composite(
        "derivative",
        Kind.ELEMENTWISE,
        e -> e.arg(0),
        (g, e) -> Op.gradients(g),
        "3|\\frac{\\partial}{\\partial " + variable.symbol(true) + "}" + latex,
        "3|∂/∂" + variable.symbol(false) + text);
  }

  /**
   * The gradients of a state: simplified, but for those that the rule has just written.
   *
   * @param known what was seen in the state before, with what is shown of it
   */
  private static Map<ExprNode, ExprNode> simplified(
      Map<ExprNode, ExprNode> waiting, Map<ExprNode, ExprNode> known) {
    Map<ExprNode, ExprNode> shown = new HashMap<>();
    Simplifier simplifier = new Simplifier();
    waiting.forEach(
        (part, gradient) ->
            shown.put(
                part,
                gradient.equals(known.get(part))
                    ? simplifier.simplify(gradient)
                    : Terms.tidied(gradient)));
    known.clear();
    known.putAll(waiting);
    return shown;
  }

  private static Map<ExprNode, Reach> reaches(Set<ExprNode> dependent) {
    Map<ExprNode, Reach> reaches = new HashMap<>();
    for (ExprNode node : dependent) {
      Reach reach =
          switch (node.op().kind()) {
            case BATCH_REDUCTION -> Reach.BATCH;
            case ROWWISE, ROW_REDUCTION -> Reach.ROW;
            default -> Reach.NUMBER;
          };
      for (ExprNode arg : node.args()) {
        Reach below = reaches.getOrDefault(arg, Reach.NUMBER);
        reach = below.compareTo(reach) > 0 ? below : reach;
      }
      reaches.put(node, reach);
    }
    return reaches;
  }

  /** The states that the lines print. */
  List<State> states() {
    return states;
  }

  private void print() {
    for (int i = 0; i < states.size(); i++) {
      State state = states.get(i);
      ExprNode after = i + 1 < states.size() ? states.get(i + 1).touched : null;
      print(sum(state.waiting, after), state.rule);
    }
    print(result, "simplify");
  }

  private void print(ExprNode e, String rule) {
    String line = text.printAmongOthers(e).orElseGet(() -> Printer.plainText(e));
    if (lines.isEmpty() || !lines.get(lines.size() - 1).text().equals(line)) {
      String math = latex.printAmongOthers(e).orElseGet(() -> Printer.latex(e));
      lines.add(new Derivation.Line(line, math, rule));
    }
  }

  /** The terms of a line, in the order in which their parts stand in the formula. */
  private ExprNode sum(Map<ExprNode, ExprNode> waiting, ExprNode touched) {
    Optional<ExprNode> condition =
        order.stream()
            .filter(waiting::containsKey)
            .flatMap(part -> Terms.conditions(waiting.get(part)))
            .findFirst();
    List<ExprNode> always = new ArrayList<>();
    List<ExprNode> then = new ArrayList<>();
    List<ExprNode> otherwise = new ArrayList<>();
    for (ExprNode part : order) {
      ExprNode gradient = waiting.get(part);
      if (gradient == null || gradient.isNumber(0)) {
        continue;
      }
      boolean isTouched = part.equals(touched);
      if (condition.isPresent() && Terms.isNone(gradient, condition.get(), false)) {
        then.add(term(part, Terms.taken(gradient, condition.get(), true), isTouched));
      } else if (condition.isPresent() && Terms.isNone(gradient, condition.get(), true)) {
        otherwise.add(term(part, Terms.taken(gradient, condition.get(), false), isTouched));
      } else {
        always.add(term(part, gradient, isTouched));
      }
    }
    if (!then.isEmpty() || !otherwise.isEmpty()) {
      always.add(Choices.where(condition.get(), Terms.sum(then), Terms.sum(otherwise)));
    }
    return Terms.sum(always);
  }

  private ExprNode term(ExprNode part, ExprNode gradient, boolean isTouched) {
    if (part.equals(variable)) {
      return Terms.sum(Terms.terms(gradient));
    }
    ExprNode slope = ExprNode.of(isTouched ? next : derivative, part);
    ExprNode product = Terms.product(gradient, slope);
    Reach reach = reaches.get(part);
    if (part.shape() == Shape.ELEMENT && reach == Reach.ROW) {
      return Rows.sum(product);
    }
    boolean isOfBatch = part.shape() != Shape.SCALAR && reach == Reach.BATCH;
    return isOfBatch ? Batches.sum(product) : product;
  }
}
