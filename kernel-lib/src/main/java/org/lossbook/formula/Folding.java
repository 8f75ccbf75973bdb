package org.lossbook.formula;

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
              + " already: leave the call away.");
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
    if (e.op() == alongRows) {
      return Optional.of(e.arg(0));
    }
    if (e.op() == Arithmetic.PLUS || e.op() == Arithmetic.MINUS) {
      return inside(e.arg(0), alongRows)
          .flatMap(a -> inside(e.arg(1), alongRows).map(b -> e.with(a, b)));
    }
    return e.op() == Arithmetic.TIMES && e.arg(0).shape() == Shape.SCALAR
        ? inside(e.arg(1), alongRows).map(x -> e.arg(0).times(x))
        : Optional.empty();
  }
}
