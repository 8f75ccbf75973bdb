package org.lossbook.formula;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps a case distinction one: a gradient comes as {@code (a if c, else 0)·x + (0 if c, else b)·z}
 * and reads better as {@code (a·x if c, else b·z)}.
 */
final class Cases {
  private Cases() {}

  /** A product with a case that is 0: the other factors go in, but for those of the whole batch. */
  static Optional<Expr> absorbed(Expr product) {
    ProductForm factors = ProductForm.of(product);
    Optional<Expr> cases = factors.factor(Choices.WHERE).filter(Cases::hasZero);
    if (cases.isEmpty()) {
      return Optional.empty();
    }
    Expr where = cases.get();
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
    Expr rest = inside.toExpr();
    Expr joined = Expr.where(where.arg(0), times(where.arg(1), rest), times(where.arg(2), rest));
    return Optional.of(outside.isOne() ? joined : outside.toExpr().times(joined));
  }

  /** A sum or difference of two distinctions of the same cases. */
  static Optional<Expr> merged(Expr sum) {
    ProductForm a = ProductForm.of(sum.arg(0));
    ProductForm b = ProductForm.of(sum.arg(1));
    Optional<Expr> left = a.factor(Choices.WHERE);
    Optional<Expr> right = b.factor(Choices.WHERE);
    if (left.isEmpty() || right.isEmpty() || !left.get().arg(0).equals(right.get().arg(0))) {
      return Optional.empty();
    }
    a.multiply(left.get(), -1);
    b.multiply(right.get(), -1);
    Expr[] branches = new Expr[2];
    for (int i = 0; i < 2; i++) {
      Expr x = times(left.get().arg(i + 1), a.toExpr());
      Expr y = times(right.get().arg(i + 1), b.toExpr());
      branches[i] = sum.with(x, y);
    }
    return Optional.of(Expr.where(left.get().arg(0), branches[0], branches[1]));
  }

  /** What both cases have of the batch's numbers stands before the brace. */
  static Expr factored(Expr where) {
    ProductForm a = ProductForm.of(where.arg(1));
    ProductForm b = ProductForm.of(where.arg(2));
    boolean aIsZero = where.arg(1).isNumber(0);
    boolean bIsZero = where.arg(2).isNumber(0);
    ProductForm shared = new ProductForm();
    for (Map.Entry<Expr, Double> factor : List.copyOf((aIsZero ? b : a).powers().entrySet())) {
      Expr base = factor.getKey();
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
    return shared.toExpr().times(Expr.where(where.arg(0), a.toExpr(), b.toExpr()));
  }

  private static boolean hasZero(Expr where) {
    return where.arg(1).isNumber(0) || where.arg(2).isNumber(0);
  }

  private static Expr times(Expr branch, Expr rest) {
    return branch.isNumber(0) ? branch : branch.times(rest);
  }
}
