package org.lossbook.formula;

import static org.lossbook.formula.Op.Kind.BATCH_REDUCTION;
import static org.lossbook.formula.Op.composite;
import static org.lossbook.formula.Op.gradients;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Reductions over the batch. See {@link Op} for how to read an entry. */
final class Batches {
  private Batches() {}

  /** The sum over the batch. The kernel adds chunks elementwise; a run adds up the result. */
  static final Op BATCH_SUM =
      new Op(
          "batchSum",
          BATCH_REDUCTION,
          (a, b, c, out, n, w) -> {
            for (int i = 0; i < n; i++) out[i] += a[i];
          },
          null,
          (g, e) -> gradients(g),
          "1|\\sum_{i=1}^{n} #ab",
          "1|Σᵢ #ab",
          "#a.reduce((s, x) => s + x, 0)");

  /** The sum of a·b over the batch in one pass; the compiler inserts it. */
  static final Op BATCH_SUM_OF_PRODUCTS =
      new Op(
          "batchSumOfProducts",
          BATCH_REDUCTION,
          (a, b, c, out, n, w) -> {
            for (int i = 0; i < n; i++) out[i] += a[i] * b[i];
          },
          null,
          (g, e) -> gradients(g.times(e.arg(1)), g.times(e.arg(0))),
          "1|\\sum_{i=1}^{n} #a3*#b3",
          "1|Σᵢ #a3*#b3",
          "#a.reduce((s, x, i) => s + x * #b[i], 0)");

  static final Op BATCH_MEAN =
      composite(
          "batchMean",
          BATCH_REDUCTION,
          e -> sum(e.arg(0)).over(count(e.arg(0))),
          (g, e) -> gradients(g.over(count(e.arg(0)))),
          "1|\\frac{1}{n}\\sum_{i=1}^{n} #ab",
          "1|1/n Σᵢ #ab");

  /** The sum over the batch, and over rows that are not reduced yet: a sum of sums is one sum. */
  static ExprNode sum(ExprNode e) {
    return reduced(e, BATCH_SUM, Rows.ROW_SUM);
  }

  /** The mean over the batch, and over rows that are not reduced yet. */
  static ExprNode mean(ExprNode e) {
    return reduced(e, BATCH_MEAN, Rows.ROW_MEAN);
  }

  /** The mean over the samples, with reductions of rows kept visible. */
  static ExprNode meanOfSamples(ExprNode e) {
    return e.op() == Arithmetic.NEGATE
        ? meanOfSamples(e.arg(0)).negate()
        : ExprNode.of(BATCH_MEAN, e);
  }

  /** How many numbers {@link #sum} adds. */
  static ExprNode count(ExprNode e) {
    return e.shape() == Shape.ELEMENT ? ExprNode.NUMBER_COUNT : ExprNode.ROW_COUNT;
  }

  /** A reduction over the batch, with signs and scalar divisors moved out of the sum. */
  private static ExprNode reduced(ExprNode e, Op operation, Op alongRows) {
    if (e.op() == Arithmetic.NEGATE) {
      return reduced(e.arg(0), operation, alongRows).negate();
    }
    boolean isDivided = e.op() == Arithmetic.OVER && e.arg(1).shape() == Shape.SCALAR;
    if (isDivided && e.arg(1).op() != Leaves.PARAMETER) {
      return reduced(e.arg(0), operation, alongRows).over(e.arg(1));
    }
    return ExprNode.of(operation, inside(e, alongRows).orElse(e));
  }

  /** The operand of a row reduction, or of a sum of row reductions. */
  private static Optional<ExprNode> inside(ExprNode e, Op alongRows) {
    Map<ExprNode, ExprNode> inside = new HashMap<>();
    for (ExprNode part : Traversal.postOrder(e, p -> p.op() == alongRows || !isLinear(p))) {
      if (part.op() == alongRows) {
        inside.put(part, part.arg(0));
      } else if (isLinear(part)) {
        ExprNode a = isScaled(part) ? part.arg(0) : inside.get(part.arg(0));
        ExprNode b = inside.get(part.arg(1));
        if (a != null && b != null) {
          inside.put(part, part.with(a, b));
        }
      }
    }
    return Optional.ofNullable(inside.get(e));
  }

  private static boolean isLinear(ExprNode e) {
    return e.op() == Arithmetic.PLUS || e.op() == Arithmetic.MINUS || isScaled(e);
  }

  private static boolean isScaled(ExprNode e) {
    return e.op() == Arithmetic.TIMES && e.arg(0).shape() == Shape.SCALAR;
  }
}
