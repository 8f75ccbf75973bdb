package org.lossbook.formula;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Simplifies an expression to the form that a person would write: like terms and powers collected,
 * constants folded, signs moved inwards, and common factors of a sum factored out.
 */
final class Simplifier {
  private static final Set<Op> COMPARISONS =
      Set.of(Choices.ABOVE, Choices.GREATER, Choices.AT_LEAST, Choices.LESS, Choices.AT_MOST);

  private final Map<ExprNode, ExprNode> done = new HashMap<>();

  ExprNode simplify(ExprNode e) {
    if (!done.containsKey(e)) {
      for (ExprNode part : Traversal.postOrder(e, p -> isPlain(p) || done.containsKey(p))) {
        if (!done.containsKey(part)) {
          done.put(part, isPlain(part) ? part : rewritten(part));
        }
      }
    }
    return done.get(e);
  }

  /** Leaves, and names: what a name stands for is printed as declared. */
  private static boolean isPlain(ExprNode e) {
    return e.args().isEmpty() || e.op() == Leaves.ALIAS;
  }

  private ExprNode rewritten(ExprNode part) {
    return rewritten(part, part.args().stream().map(done::get).toArray(ExprNode[]::new));
  }

  private ExprNode rewritten(ExprNode original, ExprNode[] args) {
    Op op = original.op();
    if (op.kind() != Op.Kind.ELEMENTWISE && args[0].shape() != original.arg(0).shape()) {
      ExprNode reduced = ofConstants(op, args[0], original.arg(0).shape());
      return simplify(
          op == Rows.UNIT
              ? args[0].over(Choices.max(ofConstants(Rows.NORM, args[0], null), args[1]))
              : reduced);
    }
    ExprNode e = original.with(args);
    if (op.kind() == Op.Kind.ELEMENTWISE && e.args().stream().allMatch(ExprNode::isNumber)) {
      return folded(e);
    }
    if (e.isLarge()) {
      return IdentityRules.simplified(e);
    }
    if (op == Arithmetic.PLUS || op == Arithmetic.MINUS) {
      return Piecewise.merged(e).map(this::simplify).orElseGet(() -> SumForm.collected(e));
    }
    if (op == Arithmetic.TIMES
        || op == Arithmetic.OVER
        || op == Arithmetic.NEGATE
        || op == Powers.SQUARE) {
      return Piecewise.absorbed(e).map(this::simplify).orElseGet(() -> product(e));
    }
    if (op == Powers.POW_OF_PROBABILITY && e.arg(1).isNumber()) {
      double power = e.arg(1).number();
      return power > 0 && power < 1 ? e : simplify(Powers.pow(e.arg(0), e.arg(1)));
    }
    if (op == Powers.POW) {
      return e.arg(1).isNumber() ? ProductForm.of(e).toNode() : e;
    }
    if (op == Functions.SIGMOID && ProductForm.of(e.arg(0)).coefficient() < 0) {
      return simplify(ExprNode.ONE.minus(Functions.sigmoid(e.arg(0).negate()))); // σ(−x) = 1 − σ(x)
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

  /** A reduction of numbers that turned out to be constant along a row or in the batch. */
  private static ExprNode ofConstants(Op op, ExprNode x, Shape was) {
    if (op == Batches.BATCH_SUM) {
      ExprNode rows = was == Shape.ELEMENT ? x.times(ExprNode.COLUMN_COUNT) : x;
      ExprNode all = x.times(was == Shape.ELEMENT ? ExprNode.NUMBER_COUNT : ExprNode.ROW_COUNT);
      return x.shape() == Shape.SAMPLE ? Batches.sum(rows) : all;
    }
    if (op == Batches.BATCH_MEAN) {
      return x.shape() == Shape.SAMPLE ? ExprNode.of(op, x) : x;
    }
    if (op == Rows.ROW_SUM) {
      return Rows.sumOfRow(x);
    }
    if (op == Rows.LOG_SUM_EXP) {
      return x.plus(Functions.log(ExprNode.COLUMN_COUNT));
    }
    if (op == Rows.NORM || op == Rows.DIVISOR_NORM) {
      return Functions.abs(x).times(Powers.sqrt(ExprNode.COLUMN_COUNT));
    }
    if (op == Rows.SOFTMAX) {
      return ExprNode.ONE.over(ExprNode.COLUMN_COUNT);
    }
    return op == Rows.LOG_SOFTMAX ? Functions.log(ExprNode.COLUMN_COUNT).negate() : x;
  }

  private ExprNode folded(ExprNode e) {
    if (e.op().isComposite()) {
      return simplify(e.op().definition().apply(e));
    }
    double[][] in = new double[3][1];
    for (int i = 0; i < e.args().size(); i++) {
      in[i][0] = e.arg(i).number();
    }
    double[] out = new double[1];
    e.op().innerLoop().run(in[0], in[1], in[2], out, 1, 1);
    return ExprNode.of(out[0]);
  }

  private ExprNode where(ExprNode e) {
    if (e.arg(0).isNumber()) {
      return e.arg(0).number() != 0 ? e.arg(1) : e.arg(2);
    }
    return e.arg(1).equals(e.arg(2)) ? e.arg(1) : Piecewise.factored(e);
  }

  /** Products; {@code max(x, 0)·1[x > 0]} is {@code max(x, 0)}. */
  private static ExprNode product(ExprNode e) {
    ProductForm product = ProductForm.of(e);
    for (ExprNode base : List.copyOf(product.powers().keySet())) {
      if (base.op() == Choices.MAX && base.arg(1).isNumber(0)) {
        ExprNode condition = comparison(ExprNode.of(Choices.ABOVE, base.arg(0), base.arg(1)));
        if (product.power(base) > 0 && product.power(condition) == 1) {
          product.multiply(condition, -1);
        }
      }
    }
    return product.toNode();
  }

  /** Comparisons; {@code 0.9(y − ŷ) > 0.1(ŷ − y)} is {@code y > ŷ}. */
  private static ExprNode comparison(ExprNode e) {
    ExprNode right = e.arg(1);
    if (e.arg(0).isNumber() && right.op() == Choices.MAX && isBelow(right.arg(1), e.arg(0))) {
      return e.with(e.arg(0), right.arg(0)); // 1 > max(ŷ, ε) is 1 > ŷ
    }
    ExprNode difference = SumForm.collected(e.arg(0).minus(e.arg(1)));
    ProductForm product = ProductForm.of(difference);
    Optional<ExprNode> single = product.single().filter(base -> base.op() == Arithmetic.MINUS);
    if (single.isEmpty()) {
      return e;
    }
    ExprNode base = single.get();
    return product.coefficient() > 0
        ? ExprNode.of(e.op(), base.arg(0), base.arg(1))
        : ExprNode.of(e.op(), base.arg(1), base.arg(0));
  }

  private static boolean isBelow(ExprNode small, ExprNode number) {
    ExprNode value = small.op() == Leaves.ALIAS ? small.arg(0) : small;
    return value.isNumber() && value.number() < number.number();
  }

  /** Row sums: constant factors move out, and distributions sum to one. */
  private ExprNode rowSum(ExprNode e) {
    Optional<ExprNode> total = total(e.arg(0));
    if (total.isPresent()) {
      return simplify(total.get());
    }
    ProductForm outside = new ProductForm();
    ProductForm inside = new ProductForm();
    ProductForm.of(e.arg(0)).split(outside, inside);
    return outside.isOne() ? e : outside.toNode().times(Rows.sum(inside.toNode()));
  }

  /** The sum of a row where it is known without adding up. */
  private static Optional<ExprNode> total(ExprNode x) {
    Op op = x.op();
    if (x.shape() != Shape.ELEMENT) {
      return Optional.of(Rows.sumOfRow(x));
    }
    if (x.isDistribution()
        || op == Rows.SOFTMAX
        || op == Choices.EQUAL && x.arg(0).equals(ExprNode.POSITIONS)) {
      return Optional.of(ExprNode.ONE);
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
        .map(rest -> outside.toNode().times(rest));
  }
}
