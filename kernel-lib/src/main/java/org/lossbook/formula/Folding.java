package org.lossbook.formula;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Sums and means as one would write them: a sign before the sum, a sum of sums as one. */
final class Folding {
  private Folding() {}

  /** A minus sign stands before a sum. */
  static Expr signed(Expr e, Op operation) {
    return e.op() == Arithmetic.NEGATE ? ofRow(e.arg(0), operation).negate() : ofRow(e, operation);
  }

  static Expr ofRow(Expr e, Op operation) {
    if (e.shape() != Shape.ELEMENT) {
      throw new IllegalArgumentException(
          operation
              + "() works along the outputs of a sample but receives "
              + e
              + ", which has one number a "
              + (e.shape() == Shape.SAMPLE ? "sample" : "batch")
              + " already: remove the call.");
    }
    return Expr.of(operation, e);
  }

  /** Signs and divisors that are one number for the batch stand before the sum. */
  static Expr overBatch(Expr e, Op operation, Op alongRows) {
    if (e.op() == Arithmetic.NEGATE) {
      return overBatch(e.arg(0), operation, alongRows).negate();
    }
    boolean isDivided = e.op() == Arithmetic.OVER && e.arg(1).shape() == Shape.SCALAR;
    if (isDivided && e.arg(1).op() != Leaves.PARAMETER) {
      return overBatch(e.arg(0), operation, alongRows).over(e.arg(1));
    }
    return Expr.of(operation, inside(e, alongRows).orElse(e));
  }

  /** What the reduction of each row works on, where this is one or a sum of such. */
  private static Optional<Expr> inside(Expr e, Op alongRows) {
    Map<Expr, Expr> inside = new HashMap<>();
    for (Expr part : Traversal.upTo(e, p -> p.op() == alongRows || !isLinear(p))) {
      if (part.op() == alongRows) {
        inside.put(part, part.arg(0));
      } else if (isLinear(part)) {
        Expr a = isScaled(part) ? part.arg(0) : inside.get(part.arg(0));
        Expr b = inside.get(part.arg(1));
        if (a != null && b != null) {
          inside.put(part, part.with(a, b));
        }
      }
    }
    return Optional.ofNullable(inside.get(e));
  }

  private static boolean isLinear(Expr e) {
    return e.op() == Arithmetic.PLUS || e.op() == Arithmetic.MINUS || isScaled(e);
  }

  private static boolean isScaled(Expr e) {
    return e.op() == Arithmetic.TIMES && e.arg(0).shape() == Shape.SCALAR;
  }
}
