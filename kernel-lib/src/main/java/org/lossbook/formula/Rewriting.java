package org.lossbook.formula;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Expressions with other parts in place of their own, whatever the operations. */
final class Rewriting {
  private Rewriting() {}

  static Expr substituted(Expr e, Map<Expr, Expr> parts) {
    return rebuilt(e, new HashMap<>(parts));
  }

  /** {@code known} grows by what was done: a part that stands often is rewritten once. */
  private static Expr rebuilt(Expr e, Map<Expr, Expr> known) {
    Expr other = known.get(e);
    if (other == null) {
      Expr[] operands = e.args().stream().map(arg -> rebuilt(arg, known)).toArray(Expr[]::new);
      other = List.of(operands).equals(e.args()) ? e : e.with(operands);
      known.put(e, other);
    }
    return other;
  }

  static Set<Expr> parameters(Expr e) {
    Set<Expr> found = new LinkedHashSet<>();
    collect(e, found, new HashSet<>());
    return found;
  }

  private static void collect(Expr e, Set<Expr> found, Set<Expr> seen) {
    if (seen.add(e)) {
      if (e.op() == Leaves.PARAMETER) {
        found.add(e);
      }
      e.args().forEach(arg -> collect(arg, found, seen));
    }
  }

  static Expr settled(Expr e) {
    Map<Expr, Expr> numbers = new HashMap<>();
    parameters(e).forEach(parameter -> numbers.put(parameter, Expr.of(parameter.number())));
    return numbers.isEmpty() ? e : substituted(e, numbers);
  }

  static Expr forOneOutput(Expr e) {
    if (e.op() == Rows.ROW_SUM || e.op() == Rows.ROW_MEAN) {
      return forOneOutput(e.arg(0));
    }
    return e.args().isEmpty()
        ? e
        : e.with(e.args().stream().map(Rewriting::forOneOutput).toArray(Expr[]::new));
  }
}
