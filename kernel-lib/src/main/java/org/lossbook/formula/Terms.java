package org.lossbook.formula;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Puts the terms of a derivation as they are written on paper: signs in front, cases apart. */
final class Terms {
  private Terms() {}

  /** What has the opposite sign and is written without one, if {@code e} begins with a minus. */
  static Optional<ExprNode> opposite(ExprNode e) {
    if (e.op() == Arithmetic.NEGATE) {
      return Optional.of(e.arg(0));
    }
    if (e.isNumber()) {
      return e.number() < 0 ? Optional.of(ExprNode.of(-e.number())) : Optional.empty();
    }
    if (e.op() == Arithmetic.TIMES || e.op() == Arithmetic.OVER) {
      return opposite(e.arg(0))
          .map(
              left ->
                  left.isNumber(1) && e.op() == Arithmetic.TIMES
                      ? e.arg(1)
                      : e.with(left, e.arg(1)));
    }
    return Optional.empty();
  }

  /** A product whose sign stands before it and whose factor 1 is left out. */
  static ExprNode product(ExprNode a, ExprNode b) {
    Optional<ExprNode> opposite = opposite(a);
    if (opposite.isPresent()) {
      ExprNode product = product(opposite.get(), b);
      return opposite(product).orElseGet(product::negate);
    }
    if (a.op() == Arithmetic.OVER && a.arg(0).isNumber(1) && b.op() == Leaves.VARIABLE) {
      return b.over(a.arg(1));
    }
    return a.isNumber(1) ? b : a.times(b);
  }

  /** The same without factors 1, terms 0 and what is multiplied by 0, in sums and products. */
  static ExprNode tidied(ExprNode e) {
    boolean isSum = e.op() == Arithmetic.PLUS;
    boolean isProduct = e.op() == Arithmetic.TIMES;
    boolean isNegative = e.op() == Arithmetic.NEGATE;
    if (!isSum && !isProduct && !isNegative || Traversal.mayBeDeep(e)) {
      return e;
    }
    ExprNode a = tidied(e.arg(0));
    if (isNegative) {
      return a.isNumber(0) ? a : a.negate();
    }
    ExprNode b = tidied(e.arg(1));
    int neutral = isSum ? 0 : 1;
    if (a.isNumber(neutral) || b.isNumber(neutral)) {
      return a.isNumber(neutral) ? b : a;
    }
    boolean isNone = isProduct && (a.isNumber(0) || b.isNumber(0));
    return isNone ? ExprNode.ZERO : isSum ? a.plus(b) : a.times(b);
  }

  /** The terms of a sum. */
  static List<ExprNode> terms(ExprNode e) {
    if (e.op() != Arithmetic.PLUS || Traversal.mayBeDeep(e)) {
      return List.of(e);
    }
    return Stream.concat(terms(e.arg(0)).stream(), terms(e.arg(1)).stream()).toList();
  }

  /** A sum whose negative terms are differences. */
  static ExprNode sum(List<ExprNode> terms) {
    return terms.stream()
        .reduce((sum, term) -> opposite(term).map(sum::minus).orElseGet(() -> sum.plus(term)))
        .orElse(ExprNode.ZERO);
  }

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
