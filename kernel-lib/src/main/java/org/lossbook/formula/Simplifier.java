package org.lossbook.formula;

import java.util.HashMap;
import java.util.Map;

/**
 * Brings an expression into the form that a person would write: sums with like terms collected,
 * products with powers collected, numbers folded, signs moved inwards, and factors that all terms
 * of a sum share taken out once.
 */
final class Simplifier {
  private final Map<Expr, Expr> done = new HashMap<>();

  Expr simplify(Expr e) {
    if (e.args().isEmpty()) {
      return e;
    }
    Expr known = done.get(e);
    if (known == null) {
      Expr[] args = e.args().stream().map(this::simplify).toArray(Expr[]::new);
      known = rewritten(e, args);
      done.put(e, known);
    }
    return known;
  }

  private Expr rewritten(Expr original, Expr[] args) {
    Op op = original.op();
    if (op.kind() != Op.Kind.ELEMENTWISE && args[0].shape() != original.arg(0).shape()) {
      return simplify(narrowed(op, args[0], original.arg(0).shape()));
    }
    Expr e = original.with(args);
    if (op.kind() == Op.Kind.ELEMENTWISE && e.args().stream().allMatch(Expr::isNumber)) {
      return folded(e);
    }
    if (op == Ops.PLUS || op == Ops.MINUS) {
      return Sum.of(e).toExpr();
    }
    if (op == Ops.TIMES || op == Ops.OVER || op == Ops.NEGATE || op == Ops.SQUARE) {
      return Product.of(e).toExpr();
    }
    if (op == Ops.POW) {
      return e.arg(1).isNumber() ? Product.of(e).toExpr() : e;
    }
    if (op == Ops.WHERE) {
      return where(e);
    }
    if (op == Ops.ABOVE || op == Ops.GREATER || op == Ops.AT_LEAST) {
      return comparison(e);
    }
    if (op == Ops.ROW_SUM) {
      return rowSum(e);
    }
    return e;
  }

  /** An operation over numbers that turned out to be the same along a row, or in the batch. */
  private static Expr narrowed(Op op, Expr x, Shape was) {
    if (op == Ops.BATCH_SUM) {
      Expr rows = was == Shape.ELEMENT ? x.times(Expr.COLUMN_COUNT) : x;
      Expr all = x.times(was == Shape.ELEMENT ? Expr.NUMBER_COUNT : Expr.ROW_COUNT);
      return x.shape() == Shape.SAMPLE ? rows.batchSum() : all;
    }
    if (op == Ops.BATCH_MEAN) {
      return x.shape() == Shape.SAMPLE ? Expr.of(op, x) : x;
    }
    if (op == Ops.ROW_SUM) {
      return x.sumOfRow();
    }
    if (op == Ops.LOG_SUM_EXP) {
      return x.plus(Expr.COLUMN_COUNT.log());
    }
    if (op == Ops.SOFTMAX) {
      return Expr.ONE.over(Expr.COLUMN_COUNT);
    }
    return op == Ops.LOG_SOFTMAX ? Expr.COLUMN_COUNT.log().negate() : x;
  }

  private Expr folded(Expr e) {
    if (e.op().isLowered()) {
      return simplify(e.op().lowered().apply(e));
    }
    double[][] in = new double[3][];
    for (int i = 0; i < e.args().size(); i++) {
      in[i] = new double[] {e.arg(i).number()};
    }
    double[] out = new double[1];
    e.op().kernel().run(in[0], in[1], in[2], out, 1, 1);
    return Expr.of(out[0]);
  }

  private static Expr where(Expr e) {
    if (e.arg(0).isNumber()) {
      return e.arg(0).number() != 0 ? e.arg(1) : e.arg(2);
    }
    return e.arg(1).equals(e.arg(2)) ? e.arg(1) : e;
  }

  /** {@code 0.9(y − ŷ) > 0.1(ŷ − y)} says no more than {@code y > ŷ}. */
  private static Expr comparison(Expr e) {
    Expr difference = Sum.of(e.arg(0).minus(e.arg(1))).toExpr();
    Product product = Product.of(difference);
    Expr base = product.single();
    if (base == null || base.op() != Ops.MINUS) {
      return e;
    }
    return product.coefficient() > 0
        ? Expr.of(e.op(), base.arg(0), base.arg(1))
        : Expr.of(e.op(), base.arg(1), base.arg(0));
  }

  /** Factors that are the same along a row leave its sum; a one-hot row sums to one. */
  private Expr rowSum(Expr e) {
    Expr x = e.arg(0);
    if (isOneHot(x)) {
      return Expr.ONE;
    }
    Product outside = new Product();
    Product inside = new Product();
    Product.of(x).split(outside, inside);
    if (outside.isOne()) {
      return e;
    }
    Expr rest = inside.toExpr();
    Expr sum = isOneHot(rest) ? Expr.ONE : rest.sumOfRow();
    return Product.of(outside.toExpr().times(sum)).toExpr();
  }

  private static boolean isOneHot(Expr e) {
    return e.op() == Ops.EQUAL && e.arg(0).equals(Expr.POSITIONS);
  }
}
