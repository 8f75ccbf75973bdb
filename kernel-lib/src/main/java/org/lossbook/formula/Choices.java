package org.lossbook.formula;

import static org.lossbook.formula.Op.Kind.ELEMENTWISE;
import static org.lossbook.formula.Op.composite;
import static org.lossbook.formula.Op.elementwise;
import static org.lossbook.formula.Op.gradients;

import org.lossbook.numerics.Elementary;

/** Comparisons and selections: min, max, where, clip. See {@link Op} for how to read an entry. */
final class Choices {
  private Choices() {}

  static final Op MIN =
      elementwise(
          "min",
          (a, b, c, out, n, w) -> {
            for (int i = 0; i < n; i++) out[i] = Math.min(a[i], b[i]);
          },
          (g, e) ->
              gradients(g.times(above(e.arg(1), e.arg(0))), g.times(above(e.arg(0), e.arg(1)))),
          "5|\\min\\left(#a0,\\ #b0\\right)",
          "5|min(#a0, #b0)",
          "Math.min(#a, #b)");

  static final Op MAX =
      elementwise(
          "max",
          (a, b, c, out, n, w) -> {
            for (int i = 0; i < n; i++) out[i] = Math.max(a[i], b[i]);
          },
          (g, e) ->
              gradients(g.times(above(e.arg(0), e.arg(1))), g.times(above(e.arg(1), e.arg(0)))),
          "5|\\max\\left(#a0,\\ #b0\\right)",
          "5|max(#a0, #b0)",
          "Math.max(#a, #b)");

  /** The derivative of max: 1 where a > b, 0 where a < b, one half where they are equal. */
  static final Op ABOVE =
      elementwise(
          "above",
          (a, b, c, out, n, w) -> {
            for (int i = 0; i < n; i++) out[i] = 0.5 * Elementary.sign(a[i] - b[i]) + 0.5;
          },
          (g, e) -> gradients(ExprNode.ZERO, ExprNode.ZERO),
          "5|\\mathbb{1}[#a0 > #b0]",
          "5|1[#a0 > #b0]",
          "(Math.sign(#a - #b) + 1) / 2");

  static final Op GREATER =
      elementwise(
          "greaterThan",
          (a, b, c, out, n, w) -> {
            for (int i = 0; i < n; i++) out[i] = isAbove(a[i], b[i]);
          },
          (g, e) -> gradients(ExprNode.ZERO, ExprNode.ZERO),
          "5|\\mathbb{1}[#a0 > #b0]",
          "5|1[#a0 > #b0]",
          "#a > #b ? 1 : 0");

  static final Op AT_LEAST =
      elementwise(
          "atLeast",
          (a, b, c, out, n, w) -> {
            for (int i = 0; i < n; i++) out[i] = 1 - isAbove(b[i], a[i]);
          },
          (g, e) -> gradients(ExprNode.ZERO, ExprNode.ZERO),
          "5|\\mathbb{1}[#a0 \\ge #b0]",
          "5|1[#a0 ≥ #b0]",
          "#a >= #b ? 1 : 0");

  static final Op LESS =
      elementwise(
          "lessThan",
          (a, b, c, out, n, w) -> {
            for (int i = 0; i < n; i++) out[i] = isAbove(b[i], a[i]);
          },
          (g, e) -> gradients(ExprNode.ZERO, ExprNode.ZERO),
          "5|\\mathbb{1}[#a0 < #b0]",
          "5|1[#a0 < #b0]",
          "#a < #b ? 1 : 0");

  static final Op AT_MOST =
      elementwise(
          "atMost",
          (a, b, c, out, n, w) -> {
            for (int i = 0; i < n; i++) out[i] = 1 - isAbove(a[i], b[i]);
          },
          (g, e) -> gradients(ExprNode.ZERO, ExprNode.ZERO),
          "5|\\mathbb{1}[#a0 \\le #b0]",
          "5|1[#a0 ≤ #b0]",
          "#a <= #b ? 1 : 0");

  static final Op EQUAL =
      elementwise(
          "equalTo",
          (a, b, c, out, n, w) -> {
            for (int i = 0; i < n; i++) out[i] = 1 - Math.abs(Elementary.sign(a[i] - b[i]));
          },
          (g, e) -> gradients(ExprNode.ZERO, ExprNode.ZERO),
          "5|\\mathbb{1}[#a0 = #b0]",
          "5|1[#a0 = #b0]",
          "#a === #b ? 1 : 0");

  static final Op WHERE =
      elementwise(
          "where",
          (a, b, c, out, n, w) -> {
            for (int i = 0; i < n; i++) out[i] = either(a[i], b[i], c[i]);
          },
          (g, e) ->
              gradients(
                  ExprNode.ZERO,
                  where(e.arg(0), g, ExprNode.ZERO),
                  where(e.arg(0), ExprNode.ZERO, g)),
          "5|\\begin{cases} #b0 & \\text{if } #a? \\\\ #c0 & \\text{otherwise} \\end{cases}",
          "5|(#b0 if #a?, else #c0)",
          "#a !== 0 ? #b : #c");

  static final Op CLIP =
      composite(
          "clip",
          ELEMENTWISE,
          e -> min(max(e.arg(0), e.arg(1)), e.arg(2)),
          (g, e) ->
              gradients(
                  g.times(within(e.arg(0), e.arg(1), e.arg(2))), ExprNode.ZERO, ExprNode.ZERO),
          "5|\\operatorname{clip}\\left(#a0,\\ #b0,\\ #c0\\right)",
          "5|clip(#a0, #b0, #c0)");

  /** The derivative of clip: 1 where b < a < c, else 0. */
  static final Op WITHIN =
      elementwise(
          "within",
          (a, b, c, out, n, w) -> {
            for (int i = 0; i < n; i++) out[i] = isAbove(a[i], b[i]) * isAbove(c[i], a[i]);
          },
          (g, e) -> gradients(ExprNode.ZERO, ExprNode.ZERO, ExprNode.ZERO),
          "5|\\mathbb{1}[#b0 < #a0 < #c0]",
          "5|1[#b0 < #a0 < #c0]",
          "#b < #a && #a < #c ? 1 : 0");

  /** The comparison a > b as 1 or 0, without a branch. */
  static double isAbove(double a, double b) {
    return Math.max(0, Math.min(1, (a - b) * 1e200 * 1e200));
  }

  /** {@code yes} if the condition is not 0, else {@code no}, without a branch: both masked. */
  static double either(double condition, double yes, double no) {
    long bits = Double.doubleToRawLongBits(condition) << 1; // −0 is 0
    long mask = (bits | -bits) >> 63;
    long chosen = Double.doubleToRawLongBits(yes) & mask | Double.doubleToRawLongBits(no) & ~mask;
    return Double.longBitsToDouble(chosen);
  }

  static ExprNode min(ExprNode a, ExprNode b) {
    return ExprNode.of(MIN, a, b);
  }

  static ExprNode max(ExprNode a, ExprNode b) {
    return ExprNode.of(MAX, a, b);
  }

  static ExprNode equalTo(ExprNode a, ExprNode b) {
    return ExprNode.of(EQUAL, a, b);
  }

  static ExprNode where(ExprNode condition, ExprNode then, ExprNode otherwise) {
    return ExprNode.of(WHERE, condition, then, otherwise);
  }

  static ExprNode above(ExprNode a, ExprNode b) {
    return ExprNode.of(ABOVE, a, b);
  }

  private static ExprNode within(ExprNode x, ExprNode low, ExprNode high) {
    return ExprNode.of(WITHIN, x, low, high);
  }
}
