package org.lossbook.formula;

import static org.lossbook.formula.Op.Kind.ELEMENTWISE;
import static org.lossbook.formula.Op.each;
import static org.lossbook.formula.Op.lowered;
import static org.lossbook.formula.Op.map;

/** Sums, products, powers and roots. See {@link Op} for how to read an entry. */
final class Arithmetic {
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  private Arithmetic() {}

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
          (g, e) -> powerRule(g, e, Steepness.OF_NUMBER),
          "4|#a5^{#b0}",
          "4|#a5^#b5",
          "Math.pow(#a, #b)");

  /** The same of a share: where the power is below 1 its slope falls from ε = 10⁻⁷ on. */
  static final Op POW_OF_SHARE =
      lowered(
          "pow",
          ELEMENTWISE,
          e -> e.arg(0).pow(e.arg(1)),
          (g, e) -> powerRule(g, e, Steepness.OF_SHARE),
          "4|#a5^{#b0}",
          "4|#a5^#b5");

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

  /** The root as a divisor: at 0 it is ∞, so that the slope there is 0. */
  static final Op DIVISOR_ROOT =
      map(
          "divisorRoot",
          (a, b, c, out, n, w) -> {
            for (int i = 0; i < n; i++) out[i] = Math.sqrt(a[i] == 0 ? INFINITY : a[i]);
          },
          (g, e) -> each(g.over(e.times(2))),
          "5|\\sqrt{#a0}",
          "5|√(#a0)",
          "Math.sqrt(#a === 0 ? Infinity : #a)");

  static Expr divisorRoot(Expr x) {
    return Expr.of(DIVISOR_ROOT, x);
  }

  private static Expr[] powerRule(Expr g, Expr e, Steepness steepness) {
    Expr byBase = g.times(steepness.slope(e.arg(0), e.arg(1)));
    return each(byBase, g.times(e).times(e.arg(0).logFinite()));
  }
}
