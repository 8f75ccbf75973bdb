package org.lossbook.formula;

import static org.lossbook.formula.Op.Kind.BATCH;
import static org.lossbook.formula.Op.Kind.ELEMENTWISE;
import static org.lossbook.formula.Op.Kind.FOLD;
import static org.lossbook.formula.Op.Kind.LEAF;
import static org.lossbook.formula.Op.Kind.ROWWISE;

import java.util.function.UnaryOperator;
import org.lossbook.formula.Op.Kind;
import org.lossbook.formula.Op.Rule;

/**
 * The table of operations: value, reverse-mode rule, notation and JavaScript of each in one entry.
 *
 * <p>At corners the rules take PyTorch's subgradients: 0 for {@code |x|} at 0, one half each for
 * equal operands of min and max, 0 for clip at its bounds, equal shares for equal maxima of a row;
 * and 0 for a square root or a lesser power at 0, where PyTorch has none.
 *
 * <p>In the notations {@code #a3} is operand a, in parentheses where it binds weaker than level 3
 * ({@code #ab}: than 3, but a big operator stands bare; {@code #a?}: a condition, without the
 * brackets that make a number of it); the number before the bar is the level of the whole: 1 big
 * operators, 2 sums, 3 products, 4 powers and functions, 5 atoms. In JavaScript {@code #a} is
 * operand a: a number, or, where the operation folds a row or the batch, an array.
 */
final class Ops {
  private static final double LN_2 = Math.log(2);

  private Ops() {}

  // Leaves.

  static final Op NUMBER = leaf("number");
  static final Op NAMED = leaf("named constant");
  static final Op VARIABLE = leaf("variable");
  static final Op PARAMETER = leaf("parameter");

  /** The number of samples in the batch. */
  static final Op ROWS = leaf("rows");

  /** The number of outputs of a sample. */
  static final Op COLUMNS = leaf("columns");

  /** The number of numbers in the batch: samples times outputs. */
  static final Op NUMBERS = leaf("numbers");

  /** The position 0, 1, ... k-1 in a row. */
  static final Op POSITION = leaf("position");

  // Arithmetic.

  static final Op PLUS =
      map(
          "plus",
          (a, b, c, out, n, w) -> {
            for (int i = 0; i < n; i++) out[i] = a[i] + b[i];
          },
          (g, e) -> each(g, g),
          "2|#a2 + #b2",
          "2|#a2 + #b2",
          "#a + #b");

  static final Op MINUS =
      map(
          "minus",
          (a, b, c, out, n, w) -> {
            for (int i = 0; i < n; i++) out[i] = a[i] - b[i];
          },
          (g, e) -> each(g, g.negate()),
          "2|#a2 - #b3",
          "2|#a2 − #b3",
          "#a - #b");

  static final Op NEGATE =
      map(
          "negate",
          (a, b, c, out, n, w) -> {
            for (int i = 0; i < n; i++) out[i] = -a[i];
          },
          (g, e) -> each(g.negate()),
          "2|-#ab",
          "2|−#ab",
          "-#a");

  static final Op TIMES =
      map(
          "times",
          (a, b, c, out, n, w) -> {
            for (int i = 0; i < n; i++) out[i] = a[i] * b[i];
          },
          (g, e) -> each(g.times(e.arg(1)), g.times(e.arg(0))),
          "3|#a3*#b3",
          "3|#a3*#b3",
          "#a * #b");

  static final Op OVER =
      map(
          "over",
          (a, b, c, out, n, w) -> {
            for (int i = 0; i < n; i++) out[i] = a[i] / b[i];
          },
          (g, e) -> each(g.over(e.arg(1)), g.times(e).over(e.arg(1)).negate()),
          "5|\\frac{#a0}{#b0}",
          "3|#a3/#b4",
          "#a / #b");

  static final Op SQUARE =
      map(
          "square",
          (a, b, c, out, n, w) -> {
            for (int i = 0; i < n; i++) out[i] = a[i] * a[i];
          },
          (g, e) -> each(g.times(2).times(e.arg(0))),
          "4|#a5^2",
          "4|#a5²",
          "#a * #a");

  static final Op POW =
      map(
          "pow",
          (a, b, c, out, n, w) -> {
            for (int i = 0; i < n; i++) out[i] = Math.pow(a[i], b[i]);
          },
          (g, e) ->
              each(g.times(slopeOfPower(e.arg(0), e.arg(1))), g.times(e).times(e.arg(0).log())),
          "4|#a5^{#b0}",
          "4|#a5^#b5",
          "Math.pow(#a, #b)");

  /** The power as a divisor: never 0, as {@link #DIVISOR_ROOT}. */
  static final Op DIVISOR_POWER =
      map(
          "divisorPower",
          (a, b, c, out, n, w) -> {
            for (int i = 0; i < n; i++) out[i] = Math.max(Math.pow(a[i], b[i]), 1e-150);
          },
          (g, e) ->
              each(g.times(slopeOfPower(e.arg(0), e.arg(1))), g.times(e).times(e.arg(0).log())),
          "4|#a5^{#b0}",
          "4|#a5^#b5",
          "Math.max(Math.pow(#a, #b), 1e-150)");

  static final Op SQRT =
      map(
          "sqrt",
          (a, b, c, out, n, w) -> {
            for (int i = 0; i < n; i++) out[i] = Math.sqrt(a[i]);
          },
          (g, e) -> each(g.over(divisorRoot(e.arg(0)).times(2))),
          "5|\\sqrt{#a0}",
          "5|√(#a0)",
          "Math.sqrt(#a)");

  /** The root as a divisor: never 0, so that a slope that is 0/0 comes out as 0. */
  static final Op DIVISOR_ROOT =
      map(
          "divisorRoot",
          (a, b, c, out, n, w) -> {
            for (int i = 0; i < n; i++) out[i] = Math.max(Math.sqrt(a[i]), 1e-150);
          },
          (g, e) -> each(g.over(e.times(2))),
          "5|\\sqrt{#a0}",
          "5|√(#a0)",
          "Math.max(Math.sqrt(#a), 1e-150)");

  // Functions of one number.

  static final Op EXP =
      map(
          "exp",
          (a, b, c, out, n, w) -> Elementary.exp(a, c, out, n),
          (g, e) -> each(g.times(e)),
          "4|e^{#a0}",
          "5|exp(#a0)",
          "Math.exp(#a)");

  static final Op LOG =
      map(
          "log",
          (a, b, c, out, n, w) -> {
            for (int i = 0; i < n; i++) out[i] = Math.log(a[i]);
          },
          (g, e) -> each(g.over(e.arg(0))),
          "4|\\log #a5",
          "5|log(#a0)",
          "Math.log(#a)");

  /** The logarithm, but at 0 that of the smallest number: its product with 0 is 0. */
  static final Op LOG_FINITE =
      map(
          "logFinite",
          (a, b, c, out, n, w) -> {
            for (int i = 0; i < n; i++) out[i] = Math.log(Math.max(a[i], 1e-300));
          },
          (g, e) -> each(g.over(e.arg(0))),
          "4|\\log #a5",
          "5|log(#a0)",
          "Math.log(Math.max(#a, 1e-300))");

  /** The logarithm of a to the base b, a constant. */
  static final Op LOG_BASE =
      lowered(
          "log",
          ELEMENTWISE,
          e -> e.arg(0).log().over(e.arg(1).log()),
          (g, e) -> each(g.over(e.arg(0)).over(e.arg(1).naturalLog()), Expr.ZERO),
          "4|\\log_{#b0} #a5",
          "5|log#b_(#a0)");

  static final Op LOG1P =
      map(
          "log1p",
          (a, b, c, out, n, w) -> Elementary.log1p(a, out, n),
          (g, e) -> each(g.over(e.arg(0).plus(1))),
          "4|\\log\\left(1 + #a2\\right)",
          "5|log(1 + #a2)",
          "Math.log1p(#a)");

  static final Op ABS =
      map(
          "abs",
          (a, b, c, out, n, w) -> {
            for (int i = 0; i < n; i++) out[i] = Math.abs(a[i]);
          },
          (g, e) -> each(g.times(e.arg(0).sign())),
          "5|\\left|#a0\\right|",
          "5||#a0|",
          "Math.abs(#a)");

  static final Op SIGN =
      map(
          "sign",
          (a, b, c, out, n, w) -> {
            for (int i = 0; i < n; i++) out[i] = signOf(a[i]);
          },
          (g, e) -> each(Expr.ZERO),
          "5|\\operatorname{sign}\\left(#a0\\right)",
          "5|sign(#a0)",
          "Math.sign(#a)");

  static final Op TANH =
      map(
          "tanh",
          (a, b, c, out, n, w) -> Elementary.tanh(a, c, out, n),
          (g, e) -> each(g.times(Expr.ONE.minus(e.square()))),
          "5|\\tanh\\left(#a0\\right)",
          "5|tanh(#a0)",
          "Math.tanh(#a)");

  static final Op LOG_COSH =
      map(
          "logCosh",
          (a, b, c, out, n, w) -> {
            for (int i = 0; i < n; i++) out[i] = logCosh(Math.abs(a[i]));
          },
          (g, e) -> each(g.times(e.arg(0).tanh())),
          "4|\\log\\cosh\\left(#a0\\right)",
          "5|log cosh(#a0)",
          "Math.abs(#a) < 1 ? Math.log1p(2 * Math.pow(Math.sinh((#a) / 2), 2))"
              + " : Math.abs(#a) + Math.log1p(Math.exp(-2 * Math.abs(#a))) - Math.LN2");

  static final Op COS =
      map(
          "cos",
          (a, b, c, out, n, w) -> {
            for (int i = 0; i < n; i++) out[i] = Math.cos(a[i]);
          },
          (g, e) -> each(g.times(e.arg(0).sin()).negate()),
          "5|\\cos\\left(#a0\\right)",
          "5|cos(#a0)",
          "Math.cos(#a)");

  static final Op SIN =
      map(
          "sin",
          (a, b, c, out, n, w) -> {
            for (int i = 0; i < n; i++) out[i] = Math.sin(a[i]);
          },
          (g, e) -> each(g.times(e.arg(0).cos())),
          "5|\\sin\\left(#a0\\right)",
          "5|sin(#a0)",
          "Math.sin(#a)");

  /** e^−|x|: sigmoid and softplus share it where both are wanted. */
  static final Op DECAY =
      map(
          "decay",
          (a, b, c, out, n, w) -> Elementary.decay(a, c, out, n),
          (g, e) -> each(g.times(e).times(e.arg(0).sign()).negate()),
          "4|e^{-\\left|#a0\\right|}",
          "5|exp(−|#a0|)",
          "Math.exp(-Math.abs(#a))");

  /** The sigmoid of a, where b is e^−|a|. */
  static final Op SIGMOID_BY_DECAY =
      map(
          "sigmoidByDecay",
          (a, b, c, out, n, w) -> Elementary.sigmoid(a, b, out, n),
          (g, e) -> each(g.times(e).times(Expr.ONE.minus(e)), Expr.ZERO),
          "5|\\sigma\\left(#a0\\right)",
          "5|σ(#a0)",
          "(#a > 0 ? 1 : #b) / (1 + #b)");

  /** log1p for numbers from 0 to 1. */
  static final Op LOG1P_OF_FRACTION =
      map(
          "log1pOfFraction",
          (a, b, c, out, n, w) -> Elementary.log1pOfFraction(a, out, n),
          (g, e) -> each(g.over(e.arg(0).plus(1))),
          "4|\\log\\left(1 + #a2\\right)",
          "5|log(1 + #a2)",
          "Math.log1p(#a)");

  static final Op SIGMOID =
      lowered(
          "sigmoid",
          ELEMENTWISE,
          e -> Expr.of(SIGMOID_BY_DECAY, e.arg(0), decay(e.arg(0))),
          (g, e) -> each(g.times(e).times(Expr.ONE.minus(e))),
          "5|\\sigma\\left(#a0\\right)",
          "5|σ(#a0)");

  static final Op LOG_SIGMOID =
      lowered(
          "logSigmoid",
          ELEMENTWISE,
          e -> e.arg(0).negate().softplus().negate(),
          (g, e) -> each(g.times(Expr.ONE.minus(e.arg(0).sigmoid()))),
          "4|\\log \\sigma\\left(#a0\\right)",
          "5|log σ(#a0)");

  static final Op SOFTPLUS =
      lowered(
          "softplus",
          ELEMENTWISE,
          e -> e.arg(0).max(0).plus(Expr.of(LOG1P_OF_FRACTION, decay(e.arg(0)))),
          (g, e) -> each(g.times(e.arg(0).sigmoid())),
          "5|\\log\\left(1 + e^{#a0}\\right)",
          "5|log(1 + exp(#a0))");

  /** The logarithm of what makes a density of Barron's loss with shape a, see LogPartition. */
  static final Op LOG_PARTITION =
      map(
          "logPartition",
          (a, b, c, out, n, w) -> {
            for (int i = 0; i < n; i++) out[i] = LogPartition.value(a[i]);
          },
          (g, e) -> each(g.times(Expr.of(Ops.PARTITION_SLOPE, e.arg(0)))),
          "4|\\log Z\\left(#a0\\right)",
          "5|log Z(#a0)",
          LogPartition.VALUE_IN_JAVASCRIPT);

  /** The slope of log Z; nothing asks for a slope of that. */
  static final Op PARTITION_SLOPE =
      map(
          "partitionSlope",
          (a, b, c, out, n, w) -> {
            for (int i = 0; i < n; i++) out[i] = LogPartition.slope(a[i]);
          },
          (g, e) -> {
            throw new UnsupportedOperationException("log Z is differentiated once only");
          },
          "5|\\left(\\log Z\\right)'\\left(#a0\\right)",
          "5|(log Z)′(#a0)",
          LogPartition.SLOPE_IN_JAVASCRIPT);

  // Choices.

  static final Op MIN =
      map(
          "min",
          (a, b, c, out, n, w) -> {
            for (int i = 0; i < n; i++) out[i] = Math.min(a[i], b[i]);
          },
          (g, e) -> each(g.times(above(e.arg(1), e.arg(0))), g.times(above(e.arg(0), e.arg(1)))),
          "5|\\min\\left(#a0,\\ #b0\\right)",
          "5|min(#a0, #b0)",
          "Math.min(#a, #b)");

  static final Op MAX =
      map(
          "max",
          (a, b, c, out, n, w) -> {
            for (int i = 0; i < n; i++) out[i] = Math.max(a[i], b[i]);
          },
          (g, e) -> each(g.times(above(e.arg(0), e.arg(1))), g.times(above(e.arg(1), e.arg(0)))),
          "5|\\max\\left(#a0,\\ #b0\\right)",
          "5|max(#a0, #b0)",
          "Math.max(#a, #b)");

  /** 1 where a > b, 0 where a < b, one half where they are equal: the slope of max. */
  static final Op ABOVE =
      map(
          "above",
          (a, b, c, out, n, w) -> {
            for (int i = 0; i < n; i++) out[i] = 0.5 * signOf(a[i] - b[i]) + 0.5;
          },
          (g, e) -> each(Expr.ZERO, Expr.ZERO),
          "5|\\mathbb{1}[#a0 > #b0]",
          "5|1[#a0 > #b0]",
          "(Math.sign(#a - #b) + 1) / 2");

  static final Op GREATER =
      map(
          "greaterThan",
          (a, b, c, out, n, w) -> {
            for (int i = 0; i < n; i++) out[i] = isAbove(a[i], b[i]);
          },
          (g, e) -> each(Expr.ZERO, Expr.ZERO),
          "5|\\mathbb{1}[#a0 > #b0]",
          "5|1[#a0 > #b0]",
          "#a > #b ? 1 : 0");

  static final Op AT_LEAST =
      map(
          "atLeast",
          (a, b, c, out, n, w) -> {
            for (int i = 0; i < n; i++) out[i] = 1 - isAbove(b[i], a[i]);
          },
          (g, e) -> each(Expr.ZERO, Expr.ZERO),
          "5|\\mathbb{1}[#a0 \\ge #b0]",
          "5|1[#a0 ≥ #b0]",
          "#a >= #b ? 1 : 0");

  static final Op LESS =
      map(
          "lessThan",
          (a, b, c, out, n, w) -> {
            for (int i = 0; i < n; i++) out[i] = isAbove(b[i], a[i]);
          },
          (g, e) -> each(Expr.ZERO, Expr.ZERO),
          "5|\\mathbb{1}[#a0 < #b0]",
          "5|1[#a0 < #b0]",
          "#a < #b ? 1 : 0");

  static final Op AT_MOST =
      map(
          "atMost",
          (a, b, c, out, n, w) -> {
            for (int i = 0; i < n; i++) out[i] = 1 - isAbove(a[i], b[i]);
          },
          (g, e) -> each(Expr.ZERO, Expr.ZERO),
          "5|\\mathbb{1}[#a0 \\le #b0]",
          "5|1[#a0 ≤ #b0]",
          "#a <= #b ? 1 : 0");

  static final Op EQUAL =
      map(
          "equalTo",
          (a, b, c, out, n, w) -> {
            for (int i = 0; i < n; i++) out[i] = 1 - Math.abs(signOf(a[i] - b[i]));
          },
          (g, e) -> each(Expr.ZERO, Expr.ZERO),
          "5|\\mathbb{1}[#a0 = #b0]",
          "5|1[#a0 = #b0]",
          "#a === #b ? 1 : 0");

  static final Op WHERE =
      map(
          "where",
          (a, b, c, out, n, w) -> {
            for (int i = 0; i < n; i++) out[i] = either(a[i], b[i], c[i]);
          },
          (g, e) ->
              each(
                  Expr.ZERO,
                  Expr.where(e.arg(0), g, Expr.ZERO),
                  Expr.where(e.arg(0), Expr.ZERO, g)),
          "5|\\begin{cases} #b0 & \\text{if } #a? \\\\ #c0 & \\text{otherwise} \\end{cases}",
          "5|(#b0 if #a?, else #c0)",
          "#a !== 0 ? #b : #c");

  static final Op CLIP =
      lowered(
          "clip",
          ELEMENTWISE,
          e -> e.arg(0).max(e.arg(1)).min(e.arg(2)),
          (g, e) -> each(g.times(within(e.arg(0), e.arg(1), e.arg(2))), Expr.ZERO, Expr.ZERO),
          "5|\\operatorname{clip}\\left(#a0,\\ #b0,\\ #c0\\right)",
          "5|clip(#a0, #b0, #c0)");

  /** 1 where b < a < c, else 0: the slope of clip. */
  static final Op WITHIN =
      map(
          "within",
          (a, b, c, out, n, w) -> {
            for (int i = 0; i < n; i++) out[i] = isAbove(a[i], b[i]) * isAbove(c[i], a[i]);
          },
          (g, e) -> each(Expr.ZERO, Expr.ZERO, Expr.ZERO),
          "5|\\mathbb{1}[#b0 < #a0 < #c0]",
          "5|1[#b0 < #a0 < #c0]",
          "#b < #a && #a < #c ? 1 : 0");

  // The last axis.

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
          (g, e) -> each(g.times(Expr.of(Ops.IS_MAX, e.arg(0)))),
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
          (g, e) -> each(g.times(e.arg(0)).over(Expr.of(Ops.DIVISOR_NORM, e.arg(0)))),
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
            Expr along = e.times(g.times(e).sum()).times(above(norm, e.arg(1)));
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

  // The batch.

  /** The kernel adds a chunk to the sums so far, place by place; a run adds those up at its end. */
  static final Op BATCH_SUM =
      new Op(
          "batchSum",
          BATCH,
          (a, b, c, out, n, w) -> {
            for (int i = 0; i < n; i++) out[i] += a[i];
          },
          null,
          (g, e) -> each(g),
          "1|\\sum_{i=1}^{n} #ab",
          "1|Σᵢ #ab",
          "#a.reduce((s, x) => s + x, 0)");

  /** The sum of a·b over the batch, in one go; put in when a program is compiled. */
  static final Op BATCH_SUM_OF_PRODUCTS =
      new Op(
          "batchSumOfProducts",
          BATCH,
          (a, b, c, out, n, w) -> {
            for (int i = 0; i < n; i++) out[i] += a[i] * b[i];
          },
          null,
          (g, e) -> each(g.times(e.arg(1)), g.times(e.arg(0))),
          "1|\\sum_{i=1}^{n} #a3*#b3",
          "1|Σᵢ #a3*#b3",
          "#a.reduce((s, x, i) => s + x * #b[i], 0)");

  static final Op BATCH_MEAN =
      lowered(
          "batchMean",
          BATCH,
          e -> e.arg(0).batchSum().over(e.arg(0).count()),
          (g, e) -> each(g.over(e.arg(0).count())),
          "1|\\frac{1}{n}\\sum_{i=1}^{n} #ab",
          "1|1/n Σᵢ #ab");

  /** The value of its operand under a name of its own, which the notation explains once. */
  static final Op ALIAS =
      lowered("alias", ELEMENTWISE, e -> e.arg(0), (g, e) -> each(g), "5|#a0", "5|#a0");

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

  /**
   * The sign without a branch, which data without order would mispredict every other time: even the
   * smallest number times 10⁴⁰⁰ is beyond one.
   */
  private static double signOf(double x) {
    return Math.max(-1, Math.min(1, x * 1e200 * 1e200));
  }

  /** Exact near 0, where cosh is almost 1, and far out, where it is no double any more. */
  private static double logCosh(double x) {
    if (x < 1) {
      double s = Math.sinh(x / 2);
      return Math.log1p(2 * s * s);
    }
    return x + Math.log1p(Math.exp(-2 * x)) - LN_2;
  }

  private static Expr decay(Expr x) {
    return Expr.of(DECAY, x);
  }

  /** Squares of large numbers are no doubles: where that happens, the row is scaled first. */
  private static double length(double[] row, int from, int width) {
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

  private static Expr divisorRoot(Expr x) {
    return Expr.of(DIVISOR_ROOT, x);
  }

  /** 1 or 0, in the same way. */
  private static double isAbove(double a, double b) {
    return Math.max(0, Math.min(1, (a - b) * 1e200 * 1e200));
  }

  /** {@code yes} where the condition is not 0, without a branch: bits of both, masked. */
  private static double either(double condition, double yes, double no) {
    long bits = Double.doubleToRawLongBits(condition) << 1; // −0 is 0
    long mask = (bits | -bits) >> 63;
    long chosen = Double.doubleToRawLongBits(yes) & mask | Double.doubleToRawLongBits(no) & ~mask;
    return Double.longBitsToDouble(chosen);
  }

  /** Of a power between 0 and 1 the slope at 0 is beyond all bounds: times 0 it is to be 0. */
  private static Expr slopeOfPower(Expr x, Expr power) {
    boolean isRoot = power.isNumber() && power.number() > 0 && power.number() < 1;
    return isRoot
        ? power.over(Expr.of(DIVISOR_POWER, x, Expr.of(1 - power.number())))
        : power.times(x.pow(power.minus(1)));
  }

  private static Expr above(Expr a, Expr b) {
    return Expr.of(ABOVE, a, b);
  }

  private static Expr within(Expr x, Expr low, Expr high) {
    return Expr.of(WITHIN, x, low, high);
  }

  private static Expr[] each(Expr... contributions) {
    return contributions;
  }

  private static Op leaf(String name) {
    return new Op(name, LEAF, Op.NONE, null, (g, e) -> each(), "5|", "5|", "");
  }

  private static Op map(
      String name, Kernel kernel, Rule rule, String latex, String text, String javascript) {
    return new Op(name, ELEMENTWISE, kernel, null, rule, latex, text, javascript);
  }

  private static Op fold(
      String name, Kernel kernel, Rule rule, String latex, String text, String javascript) {
    return new Op(name, FOLD, kernel, null, rule, latex, text, javascript);
  }

  private static Op lowered(
      String name, Kind kind, UnaryOperator<Expr> lowered, Rule rule, String latex, String text) {
    return new Op(name, kind, Op.NONE, lowered, rule, latex, text, "");
  }
}
