package org.lossbook.formula;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reverse-mode differentiation: expressions in, an expression out. */
final class Gradient {
  private Gradient() {}

  /** The simplified derivative of {@code root}, one number for the batch, by {@code variable}. */
  static Expr of(Expr root, Expr variable) {
    if (root.shape() != Shape.SCALAR) {
      throw new IllegalArgumentException(
          "gradient expects one number for the whole batch but receives "
              + root
              + ", a number for each "
              + (root.shape() == Shape.SAMPLE ? "sample" : "output")
              + ": reduce it with batchMean() or batchSum() first.");
    }
    Set<Expr> dependent = dependent(root, variable);
    Map<Expr, Expr> derivatives = new HashMap<>();
    derivatives.put(root, Expr.ONE);
    Simplifier simplifier = new Simplifier();
    List<Expr> order = new ArrayList<>(dependent);
    for (int i = order.size() - 1; i >= 0; i--) {
      Expr node = order.get(i);
      Expr g = simplifier.simplify(derivatives.getOrDefault(node, Expr.ZERO));
      derivatives.put(node, g);
      if (node.args().isEmpty() || g.isNumber(0)) {
        continue;
      }
      Expr[] contributions = node.op().rule().back(g, node);
      for (int a = 0; a < contributions.length; a++) {
        Expr arg = node.arg(a);
        if (dependent.contains(arg)) {
          Expr part = narrowed(contributions[a], node, arg.shape());
          derivatives.merge(arg, part, Expr::plus);
        }
      }
    }
    return derivatives.getOrDefault(variable, Expr.ZERO).substituted(names(dependent));
  }

  /** What the formula has given a name goes by it in the derivative too. */
  private static Map<Expr, Expr> names(Set<Expr> dependent) {
    Map<Expr, Expr> names = new HashMap<>();
    for (Expr node : dependent) {
      if (node.op() == Leaves.ALIAS && !node.arg(0).args().isEmpty()) {
        names.put(node.arg(0), node);
        names.put(node, node);
      }
    }
    return names;
  }

  /** Operands before the expressions that use them; only what leads to the variable. */
  private static Set<Expr> dependent(Expr root, Expr variable) {
    Set<Expr> dependent = new LinkedHashSet<>();
    for (Expr part : Traversal.upTo(root)) {
      if (part.equals(variable) || part.args().stream().anyMatch(dependent::contains)) {
        dependent.add(part);
      }
    }
    return dependent;
  }

  /** An operand that was spread over {@code node} gets the sum of what comes back. */
  private static Expr narrowed(Expr contribution, Expr node, Shape to) {
    Shape from = node.op().kind() == Op.Kind.ELEMENTWISE ? node.shape() : to;
    Expr part = contribution;
    if (from == Shape.ELEMENT && to == Shape.SAMPLE) {
      return part.sumOfRow();
    }
    if (from == Shape.ELEMENT && to == Shape.SCALAR) {
      return part.shape() == Shape.ELEMENT
          ? part.batchSum()
          : part.shape() == Shape.SAMPLE
              ? part.times(Expr.COLUMN_COUNT).batchSum()
              : part.times(Expr.NUMBER_COUNT);
    }
    if (from == Shape.SAMPLE && to == Shape.SCALAR) {
      return part.shape() == Shape.SAMPLE ? part.batchSum() : part.times(Expr.ROW_COUNT);
    }
    return part;
  }
}
