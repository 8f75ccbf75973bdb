package org.lossbook.formula;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Substitution in expression graphs, whatever the operations. */
final class Rewriting {
  private Rewriting() {}

  static ExprNode substituted(ExprNode e, Map<ExprNode, ExprNode> parts) {
    Map<ExprNode, ExprNode> known = new HashMap<>(parts);
    for (ExprNode part : Traversal.postOrder(e, parts::containsKey)) {
      known.computeIfAbsent(part, p -> rebuilt(p, known));
    }
    return known.get(e);
  }

  /** The same operation on what replaces its operands. */
  private static ExprNode rebuilt(ExprNode e, Map<ExprNode, ExprNode> known) {
    ExprNode[] operands = e.args().stream().map(known::get).toArray(ExprNode[]::new);
    return List.of(operands).equals(e.args()) ? e : e.with(operands);
  }

  static Set<ExprNode> parameters(ExprNode e) {
    Set<ExprNode> found = new LinkedHashSet<>();
    for (ExprNode part : Traversal.postOrder(e)) {
      if (part.op() == Leaves.PARAMETER) {
        found.add(part);
      }
    }
    return found;
  }

  static ExprNode settled(ExprNode e) {
    Map<ExprNode, ExprNode> numbers = new HashMap<>();
    parameters(e).forEach(parameter -> numbers.put(parameter, ExprNode.of(parameter.number())));
    return numbers.isEmpty() ? e : substituted(e, numbers);
  }

  static ExprNode forOneOutput(ExprNode e) {
    Map<ExprNode, ExprNode> known = new HashMap<>();
    for (ExprNode part : Traversal.postOrder(e)) {
      boolean isReduced = part.op() == Rows.ROW_SUM || part.op() == Rows.ROW_MEAN;
      known.put(part, isReduced ? known.get(part.arg(0)) : rebuilt(part, known));
    }
    return known.get(e);
  }
}
