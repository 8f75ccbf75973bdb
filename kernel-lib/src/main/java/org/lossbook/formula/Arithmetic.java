package org.lossbook.formula;

import static org.lossbook.formula.Op.elementwise;
import static org.lossbook.formula.Op.gradients;

/** Sums, differences, products and quotients. See {@link Op} for how to read an entry. */
final class Arithmetic {
  private Arithmetic() {}

  static final Op PLUS =
      elementwise(
          "plus",
          (a, b, c, out, n, w) -> {
            for (int i = 0; i < n; i++) out[i] = a[i] + b[i];
          },
          (g, e) -> gradients(g, g),
          "2|#a2 + #b2",
          "2|#a2 + #b2",
          "#a + #b");

  static final Op MINUS =
      elementwise(
          "minus",
          (a, b, c, out, n, w) -> {
            for (int i = 0; i < n; i++) out[i] = a[i] - b[i];
          },
          (g, e) -> gradients(g, g.negate()),
          "2|#a2 - #b3",
          "2|#a2 − #b3",
          "#a - #b");

  static final Op NEGATE =
      elementwise(
          "negate",
          (a, b, c, out, n, w) -> {
            for (int i = 0; i < n; i++) out[i] = -a[i];
          },
          (g, e) -> gradients(g.negate()),
          "2|-#ab",
          "2|−#ab",
          "-#a");

  static final Op TIMES =
      elementwise(
          "times",
          (a, b, c, out, n, w) -> {
            for (int i = 0; i < n; i++) out[i] = a[i] * b[i];
          },
          (g, e) -> gradients(g.times(e.arg(1)), g.times(e.arg(0))),
          "3|#a3*#b3",
          "3|#a3*#b3",
          "#a * #b");

  static final Op OVER =
      elementwise(
          "over",
          (a, b, c, out, n, w) -> {
            for (int i = 0; i < n; i++) out[i] = a[i] / b[i];
          },
          (g, e) -> gradients(g.over(e.arg(1)), g.times(e).over(e.arg(1)).negate()),
          "5|\\frac{#a0}{#b0}",
          "3|#a3/#b4",
          "#a / #b");
}
