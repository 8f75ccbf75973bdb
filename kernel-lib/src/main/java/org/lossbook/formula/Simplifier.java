package org.lossbook.formula;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Brings an expression into the form that a person would write: sums with like terms collected,
 * products with powers collected, numbers folded, signs moved inwards, and factors that all terms
 * of a sum share taken out once.
 */
final class Simplifier {
  private static final Set<Op> COMPARISONS =
      Set.of(Choices.ABOVE, Choices.GREATER, Choices.AT_LEAST, Choices.LESS, Choices.AT_MOST);

  private final Map<Expr, Expr> done = new HashMap<>();

  Expr simplify(Expr e) {
    if (!done.containsKey(e)) {
      for (Expr part : Traversal.upTo(e, p -> isPlain(p) || done.containsKey(p))) {
        if (!done.containsKey(part)) {
          done.put(part, isPlain(part) ? part : rewritten(part));
        }
      }
    }
    return done.get(e);
  }

  /** What a name stands for is printed as it was declared. */
  private static boolean isPlain(Expr e) {
    return e.args().isEmpty() || e.op() == Leaves.ALIAS;
  }

  private Expr rewritten(Expr part) {
    return rewritten(part, part.args().stream().map(done::get).toArray(Expr[]::new));
  }

  private Expr rewritten(Expr original, Expr[] args) {
    Op op = original.op();
    if (op.kind() != Op.Kind.ELEMENTWISE && args[0].shape() != original.arg(0).shape()) {
      Expr narrow = narrowed(op, args[0], original.arg(0).shape());
      return simplify(
          op == Rows.UNIT ? args[0].over(narrowed(Rows.NORM, args[0], null).max(args[1])) : narrow);
    }
    Expr e = original.with(args);
    if (op.kind() == Op.Kind.ELEMENTWISE && e.args().stream().allMatch(Expr::isNumber)) {
      return folded(e);
    }
    if (e.isLarge()) {
      return Bulk.simplified(e);
    }
    if (op == Arithmetic.PLUS || op == Arithmetic.MINUS) {
      return Cases.merged(e).map(this::simplify).orElseGet(() -> SumForm.collected(e));
    }
    if (op == Arithmetic.TIMES
        || op == Arithmetic.OVER
        || op == Arithmetic.NEGATE
        || op == Arithmetic.SQUARE) {
      return Cases.absorbed(e).map(this::simplify).orElseGet(() -> product(e));
    }
    if (op == Arithmetic.POW_OF_SHARE && e.arg(1).isNumber()) {
      double power = e.arg(1).number();
      return power > 0 && power < 1 ? e : simplify(e.arg(0).pow(e.arg(1)));
    }
    if (op == Arithmetic.POW) {
      return e.arg(1).isNumber() ? ProductForm.of(e).toExpr() : e;
    }
    if (op == Functions.SIGMOID && ProductForm.of(e.arg(0)).coefficient() < 0) {
      return simplify(Expr.ONE.minus(e.arg(0).negate().sigmoid())); // σ(−x) = 1 − σ(x)
    }
    if (op == Choices.WHERE) {
      return where(e);
    }
    if (COMPARISONS.contains(op)) {
      return comparison(e);
    }
    if (op == Rows.ROW_SUM) {
      return rowSum(e);
    }
    return e;
  }

  /** An operation over numbers that turned out to be the same along a row, or in the batch. */
  private static Expr narrowed(Op op, Expr x, Shape was) {
    if (op == Batches.BATCH_SUM) {
      Expr rows = was == Shape.ELEMENT ? x.times(Expr.COLUMN_COUNT) : x;
      Expr all = x.times(was == Shape.ELEMENT ? Expr.NUMBER_COUNT : Expr.ROW_COUNT);
      return x.shape() == Shape.SAMPLE ? rows.batchSum() : all;
    }
    if (op == Batches.BATCH_MEAN) {
      return x.shape() == Shape.SAMPLE ? Expr.of(op, x) : x;
    }
    if (op == Rows.ROW_SUM) {
      return x.sumOfRow();
    }
    if (op == Rows.LOG_SUM_EXP) {
      return x.plus(Expr.COLUMN_COUNT.log());
    }
    if (op == Rows.NORM || op == Rows.DIVISOR_NORM) {
      return x.abs().times(Expr.COLUMN_COUNT.sqrt());
    }
    if (op == Rows.SOFTMAX) {
      return Expr.ONE.over(Expr.COLUMN_COUNT);
    }
    return op == Rows.LOG_SOFTMAX ? Expr.COLUMN_COUNT.log().negate() : x;
  }

  private Expr folded(Expr e) {
    if (e.op().isLowered()) {
      return simplify(e.op().lowered().apply(e));
    }
    double[][] in = new double[3][1];
    for (int i = 0; i < e.args().size(); i++) {
      in[i][0] = e.arg(i).number();
    }
    double[] out = new double[1];
    e.op().kernel().run(in[0], in[1], in[2], out, 1, 1);
    return Expr.of(out[0]);
  }

  private Expr where(Expr e) {
    if (e.arg(0).isNumber()) {
      return e.arg(0).number() != 0 ? e.arg(1) : e.arg(2);
    }
    return e.arg(1).equals(e.arg(2)) ? e.arg(1) : Cases.factored(e);
  }

  /** {@code max(x, 0)·1[x > 0]} says no more than {@code max(x, 0)}. */
  private static Expr product(Expr e) {
    ProductForm product = ProductForm.of(e);
    for (Expr base : List.copyOf(product.powers().keySet())) {
      if (base.op() == Choices.MAX && base.arg(1).isNumber(0)) {
        Expr condition = comparison(Expr.of(Choices.ABOVE, base.arg(0), base.arg(1)));
        if (product.power(base) > 0 && product.power(condition) == 1) {
          product.multiply(condition, -1);
        }
      }
    }
    return product.toExpr();
  }

  /** {@code 0.9(y − ŷ) > 0.1(ŷ − y)} says no more than {@code y > ŷ}. */
  private static Expr comparison(Expr e) {
    Expr right = e.arg(1);
    if (e.arg(0).isNumber() && right.op() == Choices.MAX && isBelow(right.arg(1), e.arg(0))) {
      return e.with(e.arg(0), right.arg(0)); // 1 > max(ŷ, ε) says no more than 1 > ŷ
    }
    Expr difference = SumForm.collected(e.arg(0).minus(e.arg(1)));
    ProductForm product = ProductForm.of(difference);
    Optional<Expr> single = product.single().filter(base -> base.op() == Arithmetic.MINUS);
    if (single.isEmpty()) {
      return e;
    }
    Expr base = single.get();
    return product.coefficient() > 0
        ? Expr.of(e.op(), base.arg(0), base.arg(1))
        : Expr.of(e.op(), base.arg(1), base.arg(0));
  }

  private static boolean isBelow(Expr small, Expr number) {
    Expr value = small.op() == Leaves.ALIAS ? small.arg(0) : small;
    return value.isNumber() && value.number() < number.number();
  }

  /** Factors that are the same along a row leave its sum, and distributions sum to one. */
  private Expr rowSum(Expr e) {
    Optional<Expr> total = total(e.arg(0));
    if (total.isPresent()) {
      return simplify(total.get());
    }
    ProductForm outside = new ProductForm();
    ProductForm inside = new ProductForm();
    ProductForm.of(e.arg(0)).split(outside, inside);
    return outside.isOne() ? e : outside.toExpr().times(inside.toExpr().sum());
  }

  /** The sum of a row where it is known without adding. */
  private static Optional<Expr> total(Expr x) {
    Op op = x.op();
    if (x.shape() != Shape.ELEMENT) {
      return Optional.of(x.sumOfRow());
    }
    if (x.isDistribution()
        || op == Rows.SOFTMAX
        || op == Choices.EQUAL && x.arg(0).equals(Expr.POSITIONS)) {
      return Optional.of(Expr.ONE);
    }
    if (op == Leaves.ALIAS) {
      return total(x.arg(0));
    }
    if (op == Arithmetic.PLUS || op == Arithmetic.MINUS) {
      return total(x.arg(0)).flatMap(a -> total(x.arg(1)).map(b -> x.with(a, b)));
    }
    ProductForm outside = new ProductForm();
    ProductForm inside = new ProductForm();
    ProductForm.of(x).split(outside, inside);
    return inside
        .single()
        .filter(base -> !base.equals(x))
        .flatMap(Simplifier::total)
        .map(rest -> outside.toExpr().times(rest));
  }
}
