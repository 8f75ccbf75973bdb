package org.lossbook.formula;

import static org.lossbook.formula.Op.each;
import static org.lossbook.formula.Op.map;

/** Sums, products, powers and roots. See {@link Op} for how to read an entry. */
final class Arithmetic {
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

  static Expr divisorRoot(Expr x) {
    return Expr.of(DIVISOR_ROOT, x);
  }

  /** Of a power between 0 and 1 the slope at 0 is beyond all bounds: times 0 it is to be 0. */
  private static Expr slopeOfPower(Expr x, Expr power) {
    boolean isRoot = power.isNumber() && power.number() > 0 && power.number() < 1;
    return isRoot
        ? power.over(Expr.of(DIVISOR_POWER, x, Expr.of(1 - power.number())))
        : power.times(x.pow(power.minus(1)));
  }
}
