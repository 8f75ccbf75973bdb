package org.lossbook.formula;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Expressions with other parts in place of their own, whatever the operations. */
final class Rewriting {
  private Rewriting() {}

  static Expr substituted(Expr e, Map<Expr, Expr> parts) {
    Map<Expr, Expr> known = new HashMap<>(parts);
    for (Expr part : Traversal.upTo(e, parts::containsKey)) {
      known.computeIfAbsent(part, p -> rebuilt(p, known));
    }
    return known.get(e);
  }

  /** With what is known in place of its operands. */
  private static Expr rebuilt(Expr e, Map<Expr, Expr> known) {
    Expr[] operands = e.args().stream().map(known::get).toArray(Expr[]::new);
    return List.of(operands).equals(e.args()) ? e : e.with(operands);
  }

  static Set<Expr> parameters(Expr e) {
    Set<Expr> found = new LinkedHashSet<>();
    for (Expr part : Traversal.upTo(e)) {
      if (part.op() == Leaves.PARAMETER) {
        found.add(part);
      }
    }
    return found;
  }

  static Expr settled(Expr e) {
    Map<Expr, Expr> numbers = new HashMap<>();
    parameters(e).forEach(parameter -> numbers.put(parameter, Expr.of(parameter.number())));
    return numbers.isEmpty() ? e : substituted(e, numbers);
  }

  static Expr forOneOutput(Expr e) {
    Map<Expr, Expr> known = new HashMap<>();
    for (Expr part : Traversal.upTo(e)) {
      boolean isReduced = part.op() == Rows.ROW_SUM || part.op() == Rows.ROW_MEAN;
      known.put(part, isReduced ? known.get(part.arg(0)) : rebuilt(part, known));
    }
    return known.get(e);
  }
}
