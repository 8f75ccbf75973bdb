package org.lossbook.formula;

/**
 * Simplification by identities alone, such as {@code x + 0 = x} and {@code 1·x = x}: for formulas
 * that would fill pages if they were written out, where collecting terms takes too long and nobody
 * could read the result.
 */
final class IdentityRules {
  private IdentityRules() {}

  static ExprNode simplified(ExprNode e) {
    Op op = e.op();
    if (op == Arithmetic.PLUS) {
      return isZero(e, 0) ? e.arg(1) : isZero(e, 1) ? e.arg(0) : e;
    }
    if (op == Arithmetic.MINUS) {
      return isZero(e, 1) ? e.arg(0) : isZero(e, 0) ? e.arg(1).negate() : e;
    }
    if (op == Arithmetic.TIMES) {
      return isZero(e, 0) || isZero(e, 1)
          ? ExprNode.ZERO
          : e.arg(0).isNumber(1) ? e.arg(1) : e.arg(1).isNumber(1) ? e.arg(0) : e;
    }
    if (op == Arithmetic.OVER) {
      return isZero(e, 0) ? ExprNode.ZERO : e.arg(1).isNumber(1) ? e.arg(0) : e;
    }
    if (op == Choices.WHERE) {
      boolean isOne = e.arg(1).equals(e.arg(2));
      return isOne ? e.arg(1) : e.arg(0).isNumber() ? e.arg(e.arg(0).isNumber(0) ? 2 : 1) : e;
    }
    return e;
  }

  private static boolean isZero(ExprNode e, int operand) {
    return e.arg(operand).isNumber(0);
  }
}
