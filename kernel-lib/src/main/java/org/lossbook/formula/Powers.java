package org.lossbook.formula;

import static org.lossbook.formula.Op.Kind.ELEMENTWISE;
import static org.lossbook.formula.Op.composite;
import static org.lossbook.formula.Op.elementwise;
import static org.lossbook.formula.Op.gradients;

/** Powers and roots. See {@link Op} for how to read an entry. */
final class Powers {
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  private Powers() {}

  static final Op SQUARE =
      elementwise(
          "square",
          (a, b, c, out, n, w) -> {
            for (int i = 0; i < n; i++) out[i] = a[i] * a[i];
          },
          (g, e) -> gradients(g.times(2).times(e.arg(0))),
          "4|#a5^2",
          "4|#a5²",
          "#a * #a");

  static final Op POW =
      elementwise(
          "pow",
          (a, b, c, out, n, w) -> {
            for (int i = 0; i < n; i++) out[i] = Math.pow(a[i], b[i]);
          },
          (g, e) -> powerRule(g, e, PowerDerivative.OF_NUMBER),
          "4|#a5^{#b0}",
          "4|#a5^#b5",
          "Math.pow(#a, #b)");

  /** The power of a number in [0, 1], with its derivative bounded below ε = 10⁻⁷. */
  static final Op POW_OF_PROBABILITY =
      composite(
          "pow",
          ELEMENTWISE,
          e -> pow(e.arg(0), e.arg(1)),
          (g, e) -> powerRule(g, e, PowerDerivative.OF_PROBABILITY),
          "4|#a5^{#b0}",
          "4|#a5^#b5");

  static final Op SQRT =
      elementwise(
          "sqrt",
          (a, b, c, out, n, w) -> {
            for (int i = 0; i < n; i++) out[i] = Math.sqrt(a[i]);
          },
          (g, e) -> gradients(g.over(divisorRoot(e.arg(0)).times(2))),
          "5|\\sqrt{#a0}",
          "5|√(#a0)",
          "Math.sqrt(#a)");

  /** The root as a divisor: ∞ at 0, so that the derivative there is 0. */
  static final Op DIVISOR_ROOT =
      elementwise(
          "divisorRoot",
          (a, b, c, out, n, w) -> {
            for (int i = 0; i < n; i++) out[i] = Math.sqrt(a[i] == 0 ? INFINITY : a[i]);
          },
          (g, e) -> gradients(g.over(e.times(2))),
          "5|\\sqrt{#a0}",
          "5|√(#a0)",
          "Math.sqrt(#a === 0 ? Infinity : #a)");

  static ExprNode square(ExprNode x) {
    return ExprNode.of(SQUARE, x);
  }

  static ExprNode pow(ExprNode x, ExprNode power) {
    return power.isNumber(2) ? square(x) : ExprNode.of(POW, x, power);
  }

  static ExprNode sqrt(ExprNode x) {
    return ExprNode.of(SQRT, x);
  }

  private static ExprNode divisorRoot(ExprNode x) {
    return ExprNode.of(DIVISOR_ROOT, x);
  }

  private static ExprNode[] powerRule(ExprNode g, ExprNode e, PowerDerivative derivative) {
    ExprNode byBase = g.times(derivative.of(e.arg(0), e.arg(1)));
    return gradients(byBase, g.times(e).times(Functions.logFinite(e.arg(0))));
  }
}
