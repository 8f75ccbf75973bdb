package org.lossbook.formula;

import static org.lossbook.formula.Op.Kind.ROWWISE;
import static org.lossbook.formula.Op.Kind.ROW_REDUCTION;
import static org.lossbook.formula.Op.composite;
import static org.lossbook.formula.Op.elementwise;
import static org.lossbook.formula.Op.gradients;
import static org.lossbook.formula.Op.rowReduction;

/** Operations along the last axis, a sample's outputs. See {@link Op} for how to read an entry. */
final class Rows {
  private Rows() {}

  static final Op ROW_SUM =
      rowReduction(
          "sum",
          (a, b, c, out, n, w) -> {
            for (int r = 0, i = 0; r < n; r++) {
              double sum = 0;
              for (int end = i + w; i < end; i++) sum += a[i];
              out[r] = sum;
            }
          },
          (g, e) -> gradients(g),
          "1|\\sum_{k} #ab",
          "1|Σₖ #ab",
          "#a.reduce((s, x) => s + x, 0)");

  static final Op ROW_MAX =
      rowReduction(
          "max",
          (a, b, c, out, n, w) -> {
            for (int r = 0, i = 0; r < n; r++) {
              double max = Double.NEGATIVE_INFINITY;
              for (int end = i + w; i < end; i++) max = Math.max(max, a[i]);
              out[r] = max;
            }
          },
          (g, e) -> gradients(g.times(ExprNode.of(Rows.IS_MAX, e.arg(0)))),
          "4|\\max_{k} #a4",
          "5|maxₖ(#a0)",
          "Math.max(...#a)");

  /** The derivative of max: 1 at the maximum of a row, equal shares for equal maxima, else 0. */
  static final Op IS_MAX =
      composite(
          "isMax",
          ROWWISE,
          e -> {
            ExprNode highest = Choices.equalTo(e.arg(0), max(e.arg(0)));
            return highest.over(sum(highest));
          },
          (g, e) -> gradients(ExprNode.ZERO),
          "5|\\mathbb{1}[k = \\operatorname{argmax} #a4]",
          "5|1[k = argmax(#a0)]");

  static final Op ROW_MEAN =
      composite(
          "mean",
          ROW_REDUCTION,
          e -> sum(e.arg(0)).over(ExprNode.COLUMN_COUNT),
          (g, e) -> gradients(g.over(ExprNode.COLUMN_COUNT)),
          "1|\\frac{1}{m}\\sum_{k=1}^{m} #ab",
          "1|1/m Σₖ #ab");

  static final Op NORM =
      rowReduction(
          "norm",
          (a, b, c, out, n, w) -> {
            for (int r = 0; r < n; r++) out[r] = length(a, r * w, w);
          },
          (g, e) -> gradients(g.times(e.arg(0)).over(ExprNode.of(Rows.DIVISOR_NORM, e.arg(0)))),
          "5|\\lVert #a0 \\rVert",
          "5|‖#a0‖",
          "Math.hypot(...#a)");

  /** The norm as a divisor: never 0, so that a derivative of 0/0 comes out as 0. */
  static final Op DIVISOR_NORM =
      rowReduction(
          "divisorNorm",
          (a, b, c, out, n, w) -> {
            for (int r = 0; r < n; r++) out[r] = Math.max(length(a, r * w, w), 1e-150);
          },
          (g, e) -> gradients(g.times(e.arg(0)).over(e)),
          "5|\\lVert #a0 \\rVert",
          "5|‖#a0‖",
          "Math.max(Math.hypot(...#a), 1e-150)");

  /** L2 normalization: row a divided by its norm, or by b if the norm is smaller. */
  static final Op UNIT =
      composite(
          "unit",
          ROWWISE,
          e -> e.arg(0).over(Choices.max(norm(e.arg(0)), e.arg(1))),
          (g, e) -> {
            ExprNode norm = norm(e.arg(0));
            ExprNode along = e.times(sum(g.times(e))).times(Choices.above(norm, e.arg(1)));
            return gradients(g.minus(along).over(Choices.max(norm, e.arg(1))), ExprNode.ZERO);
          },
          "5|\\frac{#a0}{\\max\\left(\\lVert #a0 \\rVert,\\ #b0\\right)}",
          "3|#a3/max(‖#a0‖, #b0)");

  /**
   * The sum of a row minus 1, where the row's maximum is 1: of e^(x − max x). One such 1 is left
   * out before adding, since small terms would be lost beside it.
   */
  static final Op SUM_MINUS_ONE =
      rowReduction(
          "sumMinusOne",
          (a, b, c, out, n, w) -> {
            for (int r = 0, i = 0; r < n; r++) {
              double sum = 0;
              double ones = -1;
              for (int end = i + w; i < end; i++) {
                double one = Math.floor(a[i]);
                ones += one;
                sum += a[i] - one;
              }
              out[r] = ones + sum;
            }
          },
          (g, e) -> gradients(g),
          "2|\\sum_{k} #ab - 1",
          "2|Σₖ #ab − 1",
          "#a.reduce((s, x) => s + (x === 1 ? 0 : x), #a.filter((x) => x === 1).length - 1)");

  /**
   * softmax − c to full precision, where a is e^(x − max x) and b the sum of a minus 1: where a is
   * 1, softmax is 1 minus the small share of the others.
   */
  static final Op SOFTMAX_MINUS =
      elementwise(
          "softmaxMinus",
          (a, b, c, out, n, w) -> {
            for (int i = 0; i < n; i++) {
              double isFirst = Math.floor(a[i]);
              double share = ((1 - isFirst) * a[i] - isFirst * b[i]) / (1 + b[i]);
              out[i] = (isFirst - c[i]) + share;
            }
          },
          (g, e) -> {
            throw new UnsupportedOperationException("inserted when a program is compiled");
          },
          "2|#a2 - #c3",
          "2|#a2 − #c3",
          "#a === 1 ? (1 - #c) - #b / (1 + #b) : #a / (1 + #b) - #c");

  static final Op LOG_SUM_EXP =
      composite(
          "logSumExp",
          ROW_REDUCTION,
          e -> max(e.arg(0)).plus(Functions.log1p(sumMinusOne(powers(e.arg(0))))),
          (g, e) -> gradients(g.times(softmax(e.arg(0)))),
          "4|\\log\\sum_{k} e^{#a0}",
          "5|log(Σₖ exp(#a0))");

  /** The component of row a at position b. */
  static final Op PICK =
      new Op(
          "pick",
          ROW_REDUCTION,
          (a, b, c, out, n, w) -> {
            for (int r = 0; r < n; r++) out[r] = a[r * w + (int) b[r]];
          },
          null,
          (g, e) ->
              gradients(g.times(Choices.equalTo(ExprNode.POSITIONS, e.arg(1))), ExprNode.ZERO),
          "5|#a0",
          "5|#a0",
          "#a[#b]");

  static final Op SOFTMAX =
      composite(
          "softmax",
          ROWWISE,
          e -> {
            ExprNode powers = powers(e.arg(0));
            return powers.over(sumMinusOne(powers).plus(1));
          },
          (g, e) -> gradients(e.times(g.minus(sum(g.times(e))))),
          "5|\\operatorname{softmax}\\left(#a0\\right)",
          "5|softmax(#a0)");

  static final Op LOG_SOFTMAX =
      composite(
          "logSoftmax",
          ROWWISE,
          e -> e.arg(0).minus(max(e.arg(0))).minus(Functions.log1p(sumMinusOne(powers(e.arg(0))))),
          (g, e) -> gradients(g.minus(softmax(e.arg(0)).times(sumOfRow(g)))),
          "4|\\log \\operatorname{softmax}\\left(#a0\\right)",
          "4|log softmax(#a0)");

  /** Broadcasting: a sample's number for each of its outputs; the compiler inserts it. */
  static final Op BROADCAST =
      new Op(
          "broadcast",
          ROWWISE,
          (a, b, c, out, n, w) -> {
            for (int r = 0, i = 0; r < n; r++) {
              double value = a[r];
              for (int end = i + w; i < end; i++) out[i] = value;
            }
          },
          null,
          (g, e) -> gradients(g),
          "5|#a0",
          "5|#a0",
          "#a");

  static ExprNode sum(ExprNode e) {
    return signed(ROW_SUM, e);
  }

  static ExprNode mean(ExprNode e) {
    return signed(ROW_MEAN, e);
  }

  /** A row reduction with a minus sign moved out of it. */
  private static ExprNode signed(Op operation, ExprNode e) {
    return e.op() == Arithmetic.NEGATE
        ? ExprNode.of(operation, e.arg(0)).negate()
        : ExprNode.of(operation, e);
  }

  /** The sum of a row, also of an expression that has one number for the whole row. */
  static ExprNode sumOfRow(ExprNode e) {
    return e.shape() == Shape.ELEMENT ? sum(e) : e.times(ExprNode.COLUMN_COUNT);
  }

  static ExprNode max(ExprNode e) {
    return ExprNode.of(ROW_MAX, e);
  }

  static ExprNode norm(ExprNode e) {
    return ExprNode.of(NORM, e);
  }

  static ExprNode softmax(ExprNode e) {
    return ExprNode.of(SOFTMAX, e);
  }

  static ExprNode broadcast(ExprNode e) {
    return ExprNode.of(BROADCAST, e);
  }

  /** softmax(x) − y to full precision where the two are nearly equal. */
  static ExprNode softmaxMinus(ExprNode x, ExprNode y) {
    ExprNode powers = powers(x);
    return ExprNode.of(SOFTMAX_MINUS, powers, sumMinusOne(powers), y);
  }

  /** e^(x − max x): 1 at the maximum of each row. */
  private static ExprNode powers(ExprNode x) {
    return Functions.exp(x.minus(max(x)));
  }

  private static ExprNode sumMinusOne(ExprNode powers) {
    return ExprNode.of(SUM_MINUS_ONE, powers);
  }

  /** The Euclidean norm of a row, scaled first if its squares would over- or underflow. */
  static double length(double[] row, int from, int width) {
    double squares = 0;
    double largest = 0;
    for (int i = from; i < from + width; i++) {
      squares += row[i] * row[i];
      largest = Math.max(largest, Math.abs(row[i]));
    }
    if (squares > 1e-280 && squares < Double.POSITIVE_INFINITY || largest == 0) {
      return Math.sqrt(squares);
    }
    double scaled = 0;
    for (int i = from; i < from + width; i++) {
      scaled += row[i] / largest * (row[i] / largest);
    }
    return largest * Math.sqrt(scaled);
  }
}
