package org.lossbook.formula;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** Splits an expression by the condition of a choice in it, so that cases can be written apart. */
final class Cases {
  private Cases() {}

  /** The conditions of the choices in an expression of which one side is 0. */
  static Stream<ExprNode> conditions(ExprNode e) {
    return Traversal.postOrder(e).stream()
        .filter(part -> part.op() == Choices.WHERE)
        .filter(part -> part.arg(1).isNumber(0) || part.arg(2).isNumber(0))
        .map(part -> part.arg(0));
  }

  /** Whether nothing is left of an expression where the condition holds, or does not. */
  static boolean isNone(ExprNode e, ExprNode condition, boolean holds) {
    return taken(e, condition, holds).isNumber(0);
  }

  /** An expression where the condition holds, or does not. */
  static ExprNode taken(ExprNode e, ExprNode condition, boolean holds) {
    Map<ExprNode, ExprNode> sides = new HashMap<>();
    for (ExprNode part : Traversal.postOrder(e)) {
      if (part.op() == Choices.WHERE && part.arg(0).equals(condition)) {
        sides.put(part, part.arg(holds ? 1 : 2));
      }
    }
    return sides.isEmpty() ? e : new Simplifier().simplify(Rewriting.substituted(e, sides));
  }
}
