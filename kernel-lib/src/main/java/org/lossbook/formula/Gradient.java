package org.lossbook.formula;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reverse-mode symbolic differentiation: the gradient of an expression as an expression. */
final class Gradient {
  private Gradient() {}

  /** Watches how a derivative comes about. */
  @FunctionalInterface
  interface Observer {
    /**
     * Is told of each node, after its rule was applied.
     *
     * @param node the node whose derivative was written in terms of its operands'
     * @param waiting the gradients so far with respect to the nodes that are next; not to be kept
     */
    void applied(ExprNode node, Map<ExprNode, ExprNode> waiting);
  }

  /** The simplified derivative of {@code root}, a scalar, with respect to {@code variable}. */
  static ExprNode of(ExprNode root, ExprNode variable) {
    return of(root, variable, (node, waiting) -> {});
  }

  static ExprNode of(ExprNode root, ExprNode variable, Observer observer) {
    if (root.shape() != Shape.SCALAR) {
      throw new IllegalArgumentException(
          "gradient expects one number for the whole batch but receives "
              + Printer.plainText(root)
              + ", a number for each "
              + (root.shape() == Shape.SAMPLE ? "sample" : "output")
              + ": reduce it with batchMean() or batchSum() first.");
    }
    Set<ExprNode> dependent = dependent(root, variable);
    Map<ExprNode, ExprNode> derivatives = new HashMap<>();
    derivatives.put(root, ExprNode.ONE);
    Simplifier simplifier = new Simplifier();
    List<ExprNode> order = new ArrayList<>(dependent);
    for (int i = order.size() - 1; i >= 0; i--) {
      ExprNode node = order.get(i);
      ExprNode g = simplifier.simplify(derivatives.getOrDefault(node, ExprNode.ZERO));
      derivatives.remove(node);
      if (node.equals(variable)) {
        derivatives.put(node, g);
        continue;
      }
      if (g.isNumber(0)) {
        continue;
      }
      ExprNode[] contributions = node.op().derivative().backward(g, node);
      for (int a = 0; a < contributions.length; a++) {
        ExprNode arg = node.arg(a);
        if (dependent.contains(arg)) {
          ExprNode part = sumToShape(contributions[a], node, arg.shape());
          derivatives.merge(arg, part, ExprNode::plus);
        }
      }
      observer.applied(node, derivatives);
    }
    return Rewriting.substituted(
        derivatives.getOrDefault(variable, ExprNode.ZERO), names(dependent));
  }

  /** The formula's named parts, which keep their names in the derivative. */
  private static Map<ExprNode, ExprNode> names(Set<ExprNode> dependent) {
    Map<ExprNode, ExprNode> names = new HashMap<>();
    for (ExprNode node : dependent) {
      if (node.op() == Leaves.ALIAS && !node.arg(0).args().isEmpty()) {
        names.put(node.arg(0), node);
        names.put(node, node);
      }
    }
    return names;
  }

  /** The nodes that depend on the variable, operands first. */
  static Set<ExprNode> dependent(ExprNode root, ExprNode variable) {
    Set<ExprNode> dependent = new LinkedHashSet<>();
    for (ExprNode part : Traversal.postOrder(root)) {
      if (part.equals(variable) || part.args().stream().anyMatch(dependent::contains)) {
        dependent.add(part);
      }
    }
    return dependent;
  }

  /** The gradient of an operand that {@code node} broadcast: the sum over the copies. */
  private static ExprNode sumToShape(ExprNode contribution, ExprNode node, Shape to) {
    Shape from = node.op().kind() == Op.Kind.ELEMENTWISE ? node.shape() : to;
    ExprNode part = contribution;
    if (from == Shape.ELEMENT && to == Shape.SAMPLE) {
      return Rows.sumOfRow(part);
    }
    if (from == Shape.ELEMENT && to == Shape.SCALAR) {
      return part.shape() == Shape.ELEMENT
          ? Batches.sum(part)
          : part.shape() == Shape.SAMPLE
              ? Batches.sum(part.times(ExprNode.COLUMN_COUNT))
              : part.times(ExprNode.NUMBER_COUNT);
    }
    if (from == Shape.SAMPLE && to == Shape.SCALAR) {
      return part.shape() == Shape.SAMPLE ? Batches.sum(part) : part.times(ExprNode.ROW_COUNT);
    }
    return part;
  }
}
