package org.lossbook.formula;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Simplifies piecewise expressions: a gradient comes as {@code (a if c, else 0)·x + (0 if c, else
 * b)·z} and reads better as {@code (a·x if c, else b·z)}.
 */
final class Piecewise {
  private Piecewise() {}

  /** Moves factors into a piecewise factor with a zero branch, except for scalars. */
  static Optional<ExprNode> absorbed(ExprNode product) {
    ProductForm factors = ProductForm.of(product);
    Optional<ExprNode> cases = factors.factor(Choices.WHERE).filter(Piecewise::hasZero);
    if (cases.isEmpty()) {
      return Optional.empty();
    }
    ExprNode where = cases.get();
    ProductForm inside = new ProductForm();
    ProductForm outside = new ProductForm();
    factors.multiply(where, -1);
    outside.scale(factors.coefficient());
    factors
        .powers()
        .forEach(
            (base, power) ->
                (base.shape() == Shape.SCALAR ? outside : inside).multiply(base, power));
    if (inside.isOne()) {
      return Optional.empty();
    }
    ExprNode rest = inside.toNode();
    ExprNode joined =
        Choices.where(where.arg(0), times(where.arg(1), rest), times(where.arg(2), rest));
    return Optional.of(outside.isOne() ? joined : outside.toNode().times(joined));
  }

  /** Merges the sum or difference of two piecewise expressions with the same condition. */
  static Optional<ExprNode> merged(ExprNode sum) {
    ProductForm a = ProductForm.of(sum.arg(0));
    ProductForm b = ProductForm.of(sum.arg(1));
    Optional<ExprNode> left = a.factor(Choices.WHERE);
    Optional<ExprNode> right = b.factor(Choices.WHERE);
    if (left.isEmpty() || right.isEmpty() || !left.get().arg(0).equals(right.get().arg(0))) {
      return Optional.empty();
    }
    a.multiply(left.get(), -1);
    b.multiply(right.get(), -1);
    ExprNode[] branches = new ExprNode[2];
    for (int i = 0; i < 2; i++) {
      ExprNode x = times(left.get().arg(i + 1), a.toNode());
      ExprNode y = times(right.get().arg(i + 1), b.toNode());
      branches[i] = sum.with(x, y);
    }
    return Optional.of(Choices.where(left.get().arg(0), branches[0], branches[1]));
  }

  /** Moves scalar factors that both branches share in front of the brace. */
  static ExprNode factored(ExprNode where) {
    ProductForm a = ProductForm.of(where.arg(1));
    ProductForm b = ProductForm.of(where.arg(2));
    boolean aIsZero = where.arg(1).isNumber(0);
    boolean bIsZero = where.arg(2).isNumber(0);
    ProductForm shared = new ProductForm();
    for (Map.Entry<ExprNode, Double> factor : List.copyOf((aIsZero ? b : a).powers().entrySet())) {
      ExprNode base = factor.getKey();
      double power = factor.getValue();
      boolean inBoth = aIsZero || bIsZero || b.power(base) == power;
      if (base.shape() == Shape.SCALAR && inBoth) {
        shared.multiply(base, power);
        if (!aIsZero) {
          a.multiply(base, -power);
        }
        if (!bIsZero) {
          b.multiply(base, -power);
        }
      }
    }
    if (shared.isOne()) {
      return where;
    }
    return shared.toNode().times(Choices.where(where.arg(0), a.toNode(), b.toNode()));
  }

  private static boolean hasZero(ExprNode where) {
    return where.arg(1).isNumber(0) || where.arg(2).isNumber(0);
  }

  private static ExprNode times(ExprNode branch, ExprNode rest) {
    return branch.isNumber(0) ? branch : branch.times(rest);
  }
}
