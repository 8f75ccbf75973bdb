package org.lossbook.formula;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Lowers an expression to operations that have a kernel, for rows of a known width: expands
 * composite operations, broadcasts a sample's number over its outputs, and multiplies scalar
 * factors together before they meet an array.
 */
final class Lowering {
  private static final ExprNode MINUS_ONE = ExprNode.of(-1);

  private final int width;
  private final Map<ExprNode, ExprNode> done = new HashMap<>();
  private final Set<ExprNode> differences = new HashSet<>();

  Lowering(int width) {
    this.width = width;
  }

  /** Lowers an expression, and broadcasts it if {@code shape} is larger than its own. */
  ExprNode lower(ExprNode e, Shape shape) {
    ExprNode low = lower(e);
    if (low.shape() == shape) {
      return low;
    }
    if (shape == Shape.SCALAR) {
      throw new IllegalArgumentException(
          "an output of one number for the batch expects an expression that is one but receives "
              + Printer.plainText(e)
              + ": reduce it with batchMean() or batchSum() first.");
    }
    return low.shape() == Shape.SCALAR ? Rows.broadcast(low) : broadcast(low);
  }

  ExprNode lower(ExprNode e) {
    ExprNode low = done.get(e);
    if (low == null) {
      for (ExprNode part : Traversal.postOrder(e, done::containsKey)) {
        low = done.get(part);
        if (low == null) {
          low = part.args().isEmpty() ? leaf(part) : lowered(part);
          done.put(part, low);
        }
      }
    }
    return low;
  }

  private ExprNode lowered(ExprNode e) {
    return simpler(e).map(this::lower).orElseGet(() -> rebuilt(e));
  }

  /** The definition of a composite operation, or a difference rewritten so as not to cancel. */
  private static Optional<ExprNode> simpler(ExprNode e) {
    if (e.op() == Arithmetic.MINUS) {
      return difference(e.arg(0), e.arg(1))
          .or(() -> difference(e.arg(1), e.arg(0)).map(ExprNode::negate));
    }
    return e.op().isComposite() ? Optional.of(e.op().definition().apply(e)) : Optional.empty();
  }

  private static Optional<ExprNode> difference(ExprNode a, ExprNode b) {
    if (a.op() == Functions.SIGMOID) {
      return Optional.of(Functions.sigmoidMinus(a.arg(0), b));
    }
    if (a.op() == Rows.SOFTMAX) {
      return Optional.of(Rows.softmaxMinus(a.arg(0), b));
    }
    return a.op() == Powers.SQUARE && a.arg(0).op() == Functions.TANH && b.isNumber(1)
        ? Optional.of(Functions.tanhDerivative(a.arg(0).arg(0)).negate())
        : Optional.empty();
  }

  private ExprNode leaf(ExprNode e) {
    if (e.equals(ExprNode.COLUMN_COUNT)) {
      return ExprNode.of(width);
    }
    if (e.equals(ExprNode.NUMBER_COUNT)) {
      return width == 1
          ? ExprNode.ROW_COUNT
          : ExprNode.of(Arithmetic.TIMES, ExprNode.ROW_COUNT, ExprNode.of(width));
    }
    return e;
  }

  private ExprNode rebuilt(ExprNode e) {
    ExprNode[] args = e.args().stream().map(this::lower).toArray(ExprNode[]::new);
    boolean folds = e.op().kind() == Op.Kind.ROW_REDUCTION;
    boolean isLength =
        e.op() == Rows.NORM || e.op() == Rows.DIVISOR_NORM; // which is never negative
    if (folds && width == 1 && !isLength) {
      return e.op() == Rows.SUM_MINUS_ONE
          ? ExprNode.of(Arithmetic.MINUS, args[0], ExprNode.ONE)
          : args[0];
    }
    if (e.op().kind() == Op.Kind.ELEMENTWISE && e.shape() == Shape.ELEMENT) {
      for (int i = 0; i < args.length; i++) {
        if (args[i].shape() == Shape.SAMPLE) {
          args[i] = broadcast(args[i]);
        }
      }
    }
    if (e.op() == Batches.BATCH_SUM) {
      return batchSum(args[0], Batches.count(e.arg(0)));
    }
    if (e.op() == Arithmetic.TIMES) {
      return times(args[0], args[1]);
    }
    if (e.op() == Arithmetic.OVER && args[1].shape() == Shape.SCALAR) {
      return times(args[0], ExprNode.of(Arithmetic.OVER, ExprNode.ONE, args[1]));
    }
    if (isNegative(args[0]) && e.args().size() <= 2) {
      Optional<ExprNode> positive = withoutSign(e, args[0].arg(0), args);
      if (positive.isPresent()) {
        return positive.get();
      }
    }
    if (e.op() == Arithmetic.NEGATE && args[0].shape() != Shape.SCALAR) {
      return times(args[0], MINUS_ONE);
    }
    if (e.op() == Arithmetic.PLUS) {
      return plus(args[0], args[1]);
    }
    return e.op() == Arithmetic.MINUS ? minus(args[0], args[1]) : e.with(args);
  }

  /** Even operations ignore the sign of their operand, odd ones pass it on. */
  private static Optional<ExprNode> withoutSign(ExprNode e, ExprNode x, ExprNode[] args) {
    Op op = e.op();
    if (op == Functions.DECAY || op == Functions.ABS || op == Powers.SQUARE) {
      return Optional.of(e.with(x));
    }
    if (op == Functions.SIGN || op == Functions.TANH) {
      return Optional.of(times(e.with(x), MINUS_ONE));
    }
    if (op == Choices.MAX && args[1].isNumber(0)) {
      return Optional.of(times(ExprNode.of(Choices.MIN, x, args[1]), MINUS_ONE));
    }
    return Optional.empty();
  }

  /** A sum, with a common scalar factor applied once. */
  private ExprNode plus(ExprNode a, ExprNode b) {
    if (isScaled(a) && isScaled(b) && factor(a).equals(factor(b))) {
      return times(ExprNode.of(Arithmetic.PLUS, rest(a), rest(b)), factor(a));
    }
    if (isNegative(b)) {
      return minus(a, rest(b));
    }
    return isNegative(a) ? minus(b, rest(a)) : ExprNode.of(Arithmetic.PLUS, a, b);
  }

  /**
   * A sum over the batch: scalar factors move out, a product is multiplied and added up in one
   * step, and a sum of two products becomes two sums.
   */
  private ExprNode batchSum(ExprNode e, ExprNode count) {
    if (e.shape() == Shape.SCALAR) {
      return ExprNode.of(Arithmetic.TIMES, e, leaf(count));
    }
    if (isScaled(e)) {
      return ExprNode.of(Arithmetic.TIMES, batchSum(e.arg(0), count), e.arg(1));
    }
    if (e.op() == Powers.SQUARE) {
      return ExprNode.of(Batches.BATCH_SUM_OF_PRODUCTS, e.arg(0), e.arg(0));
    }
    if (e.op() == Arithmetic.PLUS && isProduct(e.arg(0)) && isProduct(e.arg(1))) {
      return e.with(batchSum(e.arg(0), count), batchSum(e.arg(1), count));
    }
    return e.op() == Arithmetic.TIMES
        ? ExprNode.of(Batches.BATCH_SUM_OF_PRODUCTS, e.arg(0), e.arg(1))
        : ExprNode.of(Batches.BATCH_SUM, e);
  }

  /** A difference, as the negative of b − a if that is computed already. */
  private ExprNode minus(ExprNode a, ExprNode b) {
    ExprNode negated = ExprNode.of(Arithmetic.MINUS, b, a);
    if (differences.contains(negated)) {
      return ExprNode.of(Arithmetic.TIMES, negated, MINUS_ONE);
    }
    ExprNode difference = ExprNode.of(Arithmetic.MINUS, a, b);
    if (difference.shape() != Shape.SCALAR) {
      differences.add(difference);
    }
    return difference;
  }

  private ExprNode broadcast(ExprNode e) {
    return width == 1 ? e : Rows.broadcast(e);
  }

  /** A product, with its scalar factors combined on the right of the array. */
  private static ExprNode times(ExprNode a, ExprNode b) {
    if (a.shape() == Shape.SCALAR && b.shape() == Shape.SCALAR) {
      return ExprNode.of(Arithmetic.TIMES, a, b);
    }
    // These two factors only: their operands are lowered already, and must keep their shapes.
    ExprNode scalar = ProductForm.of(ExprNode.of(Arithmetic.TIMES, factor(a), factor(b))).toNode();
    ExprNode array =
        a.shape() == Shape.SCALAR
            ? rest(b)
            : b.shape() == Shape.SCALAR ? rest(a) : ExprNode.of(Arithmetic.TIMES, rest(a), rest(b));
    return scalar.isNumber(1) ? array : ExprNode.of(Arithmetic.TIMES, array, scalar);
  }

  private static boolean isProduct(ExprNode e) {
    return e.op() == Powers.SQUARE || e.op() == Arithmetic.TIMES;
  }

  private static boolean isNegative(ExprNode e) {
    return isScaled(e) && e.arg(1).equals(MINUS_ONE);
  }

  private static boolean isScaled(ExprNode e) {
    return e.op() == Arithmetic.TIMES
        && e.shape() != Shape.SCALAR
        && e.arg(1).shape() == Shape.SCALAR;
  }

  private static ExprNode factor(ExprNode e) {
    return e.shape() == Shape.SCALAR ? e : isScaled(e) ? e.arg(1) : ExprNode.ONE;
  }

  private static ExprNode rest(ExprNode e) {
    return isScaled(e) ? e.arg(0) : e;
  }
}
