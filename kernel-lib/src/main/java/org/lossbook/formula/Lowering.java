package org.lossbook.formula;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Rewrites an expression into operations that have a kernel, for rows of a known width: composite
 * operations in terms of simpler ones, a sample's number spread over its outputs, and factors that
 * are one number for the batch multiplied together before they meet an array.
 */
final class Lowering {
  private static final Expr MINUS_ONE = Expr.of(-1);

  private final int width;
  private final Map<Expr, Expr> done = new HashMap<>();
  private final Set<Expr> differences = new HashSet<>();

  Lowering(int width) {
    this.width = width;
  }

  /** Lowered, and spread where {@code shape} is wider than the expression's own. */
  Expr lower(Expr e, Shape shape) {
    Expr low = lower(e);
    if (low.shape() == shape) {
      return low;
    }
    if (shape == Shape.SCALAR) {
      throw new IllegalArgumentException(
          "an output of one number for the batch expects an expression that is one but receives "
              + e
              + ": reduce it with batchMean() or batchSum() first.");
    }
    return low.shape() == Shape.SCALAR ? Expr.of(Rows.SPREAD, low) : spread(low);
  }

  Expr lower(Expr e) {
    Expr low = done.get(e);
    if (low == null) {
      for (Expr part : Traversal.upTo(e, done::containsKey)) {
        low = done.get(part);
        if (low == null) {
          low = part.args().isEmpty() ? leaf(part) : lowered(part);
          done.put(part, low);
        }
      }
    }
    return low;
  }

  private Expr lowered(Expr e) {
    return simpler(e).map(this::lower).orElseGet(() -> rebuilt(e));
  }

  /** In simpler terms, and differences that would leave few digits in terms that keep them. */
  private static Optional<Expr> simpler(Expr e) {
    if (e.op() == Arithmetic.MINUS) {
      return difference(e.arg(0), e.arg(1))
          .or(() -> difference(e.arg(1), e.arg(0)).map(Expr::negate));
    }
    return e.op().isLowered() ? Optional.of(e.op().lowered().apply(e)) : Optional.empty();
  }

  private static Optional<Expr> difference(Expr a, Expr b) {
    if (a.op() == Functions.SIGMOID) {
      return Optional.of(Functions.sigmoidLess(a.arg(0), b));
    }
    if (a.op() == Rows.SOFTMAX) {
      return Optional.of(Rows.softmaxLess(a.arg(0), b));
    }
    return a.op() == Arithmetic.SQUARE && a.arg(0).op() == Functions.TANH && b.isNumber(1)
        ? Optional.of(Functions.tanhSlope(a.arg(0).arg(0)).negate())
        : Optional.empty();
  }

  private Expr leaf(Expr e) {
    if (e.equals(Expr.COLUMN_COUNT)) {
      return Expr.of(width);
    }
    if (e.equals(Expr.NUMBER_COUNT)) {
      return width == 1
          ? Expr.ROW_COUNT
          : Expr.of(Arithmetic.TIMES, Expr.ROW_COUNT, Expr.of(width));
    }
    return e;
  }

  private Expr rebuilt(Expr e) {
    Expr[] args = e.args().stream().map(this::lower).toArray(Expr[]::new);
    boolean folds = e.op().kind() == Op.Kind.FOLD;
    boolean isLength =
        e.op() == Rows.NORM || e.op() == Rows.DIVISOR_NORM; // which is never negative
    if (folds && width == 1 && !isLength) {
      return e.op() == Rows.SUM_BESIDE_ONE ? Expr.of(Arithmetic.MINUS, args[0], Expr.ONE) : args[0];
    }
    if (e.op().kind() == Op.Kind.ELEMENTWISE && e.shape() == Shape.ELEMENT) {
      for (int i = 0; i < args.length; i++) {
        if (args[i].shape() == Shape.SAMPLE) {
          args[i] = spread(args[i]);
        }
      }
    }
    if (e.op() == Batches.BATCH_SUM) {
      return batchSum(args[0], e.arg(0).count());
    }
    if (e.op() == Arithmetic.TIMES) {
      return times(args[0], args[1]);
    }
    if (e.op() == Arithmetic.OVER && args[1].shape() == Shape.SCALAR) {
      return times(args[0], Expr.of(Arithmetic.OVER, Expr.ONE, args[1]));
    }
    if (isNegative(args[0]) && e.args().size() <= 2) {
      Optional<Expr> positive = withoutSign(e, args[0].arg(0), args);
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

  /** Even operations ignore the sign of their operand, odd ones hand it on. */
  private static Optional<Expr> withoutSign(Expr e, Expr x, Expr[] args) {
    Op op = e.op();
    if (op == Functions.DECAY || op == Functions.ABS || op == Arithmetic.SQUARE) {
      return Optional.of(e.with(x));
    }
    if (op == Functions.SIGN || op == Functions.TANH) {
      return Optional.of(times(e.with(x), MINUS_ONE));
    }
    if (op == Choices.MAX && args[1].isNumber(0)) {
      return Optional.of(times(Expr.of(Choices.MIN, x, args[1]), MINUS_ONE));
    }
    return Optional.empty();
  }

  /** A factor that both have is applied to the sum. */
  private Expr plus(Expr a, Expr b) {
    if (isScaled(a) && isScaled(b) && factor(a).equals(factor(b))) {
      return times(Expr.of(Arithmetic.PLUS, rest(a), rest(b)), factor(a));
    }
    if (isNegative(b)) {
      return minus(a, rest(b));
    }
    return isNegative(a) ? minus(b, rest(a)) : Expr.of(Arithmetic.PLUS, a, b);
  }

  /**
   * A factor leaves the sum; what would be multiplied and then added is so in one step, and a sum
   * of two such products becomes two sums.
   */
  private Expr batchSum(Expr e, Expr count) {
    if (e.shape() == Shape.SCALAR) {
      return Expr.of(Arithmetic.TIMES, e, leaf(count));
    }
    if (isScaled(e)) {
      return Expr.of(Arithmetic.TIMES, batchSum(e.arg(0), count), e.arg(1));
    }
    if (e.op() == Arithmetic.SQUARE) {
      return Expr.of(Batches.BATCH_SUM_OF_PRODUCTS, e.arg(0), e.arg(0));
    }
    if (e.op() == Arithmetic.PLUS && isProduct(e.arg(0)) && isProduct(e.arg(1))) {
      return e.with(batchSum(e.arg(0), count), batchSum(e.arg(1), count));
    }
    return e.op() == Arithmetic.TIMES
        ? Expr.of(Batches.BATCH_SUM_OF_PRODUCTS, e.arg(0), e.arg(1))
        : Expr.of(Batches.BATCH_SUM, e);
  }

  /** A difference that is there the other way round already is that one's negative. */
  private Expr minus(Expr a, Expr b) {
    Expr turned = Expr.of(Arithmetic.MINUS, b, a);
    if (differences.contains(turned)) {
      return Expr.of(Arithmetic.TIMES, turned, MINUS_ONE);
    }
    Expr difference = Expr.of(Arithmetic.MINUS, a, b);
    if (difference.shape() != Shape.SCALAR) {
      differences.add(difference);
    }
    return difference;
  }

  private Expr spread(Expr e) {
    return width == 1 ? e : Expr.of(Rows.SPREAD, e);
  }

  /** Keeps a scalar factor on the right of an array, where the next one can join it. */
  private static Expr times(Expr a, Expr b) {
    if (a.shape() == Shape.SCALAR && b.shape() == Shape.SCALAR) {
      return Expr.of(Arithmetic.TIMES, a, b);
    }
    // Only these factors: inside of them stands what is lowered already, with shapes that count.
    Expr scalar = ProductForm.of(Expr.of(Arithmetic.TIMES, factor(a), factor(b))).toExpr();
    Expr array =
        a.shape() == Shape.SCALAR
            ? rest(b)
            : b.shape() == Shape.SCALAR ? rest(a) : Expr.of(Arithmetic.TIMES, rest(a), rest(b));
    return scalar.isNumber(1) ? array : Expr.of(Arithmetic.TIMES, array, scalar);
  }

  private static boolean isProduct(Expr e) {
    return e.op() == Arithmetic.SQUARE || e.op() == Arithmetic.TIMES;
  }

  private static boolean isNegative(Expr e) {
    return isScaled(e) && e.arg(1).equals(MINUS_ONE);
  }

  private static boolean isScaled(Expr e) {
    return e.op() == Arithmetic.TIMES
        && e.shape() != Shape.SCALAR
        && e.arg(1).shape() == Shape.SCALAR;
  }

  private static Expr factor(Expr e) {
    return e.shape() == Shape.SCALAR ? e : isScaled(e) ? e.arg(1) : Expr.ONE;
  }

  private static Expr rest(Expr e) {
    return isScaled(e) ? e.arg(0) : e;
  }
}
