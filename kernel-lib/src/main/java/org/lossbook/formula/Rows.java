package org.lossbook.formula;

import static org.lossbook.formula.Op.Kind.ELEMENTWISE;
import static org.lossbook.formula.Op.Kind.FOLD;
import static org.lossbook.formula.Op.Kind.ROWWISE;
import static org.lossbook.formula.Op.each;
import static org.lossbook.formula.Op.fold;
import static org.lossbook.formula.Op.lowered;

/** Operations along the last axis: a sample's outputs. See {@link Op} for how to read an entry. */
final class Rows {
  private Rows() {}

  static final Op ROW_SUM =
      fold(
          "sum",
          (a, b, c, out, n, w) -> {
            for (int r = 0, i = 0; r < n; r++) {
              double sum = 0;
              for (int end = i + w; i < end; i++) sum += a[i];
              out[r] = sum;
            }
          },
          (g, e) -> each(g),
          "1|\\sum_{k} #ab",
          "1|Σₖ #ab",
          "#a.reduce((s, x) => s + x, 0)");

  static final Op ROW_MAX =
      fold(
          "max",
          (a, b, c, out, n, w) -> {
            for (int r = 0, i = 0; r < n; r++) {
              double max = Double.NEGATIVE_INFINITY;
              for (int end = i + w; i < end; i++) max = Math.max(max, a[i]);
              out[r] = max;
            }
          },
          (g, e) -> each(g.times(Expr.of(Rows.IS_MAX, e.arg(0)))),
          "4|\\max_{k} #a4",
          "5|maxₖ(#a0)",
          "Math.max(...#a)");

  /** 1 at the maximum of a row, an equal share where several are equal, else 0. */
  static final Op IS_MAX =
      lowered(
          "isMax",
          ROWWISE,
          e -> {
            Expr highest = e.arg(0).equalTo(e.arg(0).max());
            return highest.over(highest.sum());
          },
          (g, e) -> each(Expr.ZERO),
          "5|\\mathbb{1}[k = \\operatorname{argmax} #a4]",
          "5|1[k = argmax(#a0)]");

  static final Op ROW_MEAN =
      lowered(
          "mean",
          FOLD,
          e -> e.arg(0).sum().over(Expr.COLUMN_COUNT),
          (g, e) -> each(g.over(Expr.COLUMN_COUNT)),
          "1|\\frac{1}{m}\\sum_{k=1}^{m} #ab",
          "1|1/m Σₖ #ab");

  static final Op NORM =
      fold(
          "norm",
          (a, b, c, out, n, w) -> {
            for (int r = 0; r < n; r++) out[r] = length(a, r * w, w);
          },
          (g, e) -> each(g.times(e.arg(0)).over(Expr.of(Rows.DIVISOR_NORM, e.arg(0)))),
          "5|\\lVert #a0 \\rVert",
          "5|‖#a0‖",
          "Math.hypot(...#a)");

  /** The norm as a divisor: never 0, so that a slope that is 0/0 comes out as 0. */
  static final Op DIVISOR_NORM =
      fold(
          "divisorNorm",
          (a, b, c, out, n, w) -> {
            for (int r = 0; r < n; r++) out[r] = Math.max(length(a, r * w, w), 1e-150);
          },
          (g, e) -> each(g.times(e.arg(0)).over(e)),
          "5|\\lVert #a0 \\rVert",
          "5|‖#a0‖",
          "Math.max(Math.hypot(...#a), 1e-150)");

  /** Row a over its norm, which counts as b at least. */
  static final Op UNIT =
      lowered(
          "unit",
          ROWWISE,
          e -> e.arg(0).over(e.arg(0).norm().max(e.arg(1))),
          (g, e) -> {
            Expr norm = e.arg(0).norm();
            Expr along = e.times(g.times(e).sum()).times(Choices.above(norm, e.arg(1)));
            return each(g.minus(along).over(norm.max(e.arg(1))), Expr.ZERO);
          },
          "5|\\frac{#a0}{\\max\\left(\\lVert #a0 \\rVert,\\ #b0\\right)}",
          "3|#a3/max(‖#a0‖, #b0)");

  static final Op LOG_SUM_EXP =
      lowered(
          "logSumExp",
          FOLD,
          e -> e.arg(0).max().plus(e.arg(0).minus(e.arg(0).max()).exp().sum().log()),
          (g, e) -> each(g.times(e.arg(0).softmax())),
          "4|\\log\\sum_{k} e^{#a0}",
          "5|log(Σₖ exp(#a0))");

  /** The component of row a at the position that b names. */
  static final Op PICK =
      new Op(
          "pick",
          FOLD,
          (a, b, c, out, n, w) -> {
            for (int r = 0; r < n; r++) out[r] = a[r * w + (int) b[r]];
          },
          null,
          (g, e) -> each(g.times(Expr.POSITIONS.equalTo(e.arg(1))), Expr.ZERO),
          "5|#a0",
          "5|#a0",
          "#a[#b]");

  static final Op SOFTMAX =
      lowered(
          "softmax",
          ROWWISE,
          e -> {
            Expr exp = e.arg(0).minus(e.arg(0).max()).exp();
            return exp.over(exp.sum());
          },
          (g, e) -> each(e.times(g.minus(g.times(e).sum()))),
          "5|\\operatorname{softmax}\\left(#a0\\right)",
          "5|softmax(#a0)");

  static final Op LOG_SOFTMAX =
      lowered(
          "logSoftmax",
          ROWWISE,
          e -> {
            Expr shifted = e.arg(0).minus(e.arg(0).max());
            return shifted.minus(shifted.exp().sum().log());
          },
          (g, e) -> each(g.minus(e.arg(0).softmax().times(g.sumOfRow()))),
          "4|\\log \\operatorname{softmax}\\left(#a0\\right)",
          "4|log softmax(#a0)");

  /** A sample's number, given to each of its outputs; put in when a program is compiled. */
  static final Op SPREAD =
      new Op(
          "spread",
          ELEMENTWISE,
          (a, b, c, out, n, w) -> {
            for (int r = 0, i = 0; r < n; r++) {
              double value = a[r];
              for (int end = i + w; i < end; i++) out[i] = value;
            }
          },
          null,
          (g, e) -> each(g),
          "5|#a0",
          "5|#a0",
          "#a");

  /** Squares of large numbers are no doubles: where that happens, the row is scaled first. */
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
