package org.lossbook.formula;

import static org.lossbook.formula.Op.elementwise;
import static org.lossbook.formula.Op.gradients;

import java.util.Locale;

/**
 * The derivative of a power. For an exponent between 0 and 1 it is unbounded near 0; below a
 * threshold it goes linearly to 0 instead, so that it is finite everywhere and 0 at 0.
 */
enum PowerDerivative {
  /** Exact down to the smallest normal float, where no derivative exceeds the largest float. */
  OF_NUMBER(Float.MIN_NORMAL),
  /** Exact down to Keras's ε, below which clipped probabilities have derivative 0 too. */
  OF_PROBABILITY(1e-7);

  /** The factor xⁿ of a derivative, where n is the exponent minus 1. */
  private final Op factor;

  /** The divisor xⁿ of a derivative, where n is 1 minus the exponent. */
  private final Op divisor;

  PowerDerivative(double from) {
    factor =
        elementwise(
            "slopeOfPower",
            (a, b, c, out, n, w) -> {
              for (int i = 0; i < n; i++) out[i] = power(a[i], b[i], from);
            },
            (g, e) -> backward(g, e),
            "4|#a5^{#b0}",
            "4|#a5^#b5",
            String.format(
                Locale.ROOT,
                "#b >= -1 && #b < 0 && Math.abs(#a) < %s ? %s * Math.abs(#a) : Math.pow(#a, #b)",
                from,
                "Math.pow(" + from + ", #b - 1)"));
    divisor =
        elementwise(
            "divisorPower",
            (a, b, c, out, n, w) -> {
              for (int i = 0; i < n; i++) out[i] = 1 / power(a[i], -b[i], from);
            },
            (g, e) -> backward(g, e),
            "4|#a5^{#b0}",
            "4|#a5^#b5",
            String.format(
                Locale.ROOT,
                "Math.abs(#a) < %s ? Math.pow(%s, #b + 1) / Math.abs(#a) : Math.pow(#a, #b)",
                from,
                from));
  }

  private static ExprNode[] backward(ExprNode g, ExprNode e) {
    ExprNode scaled = g.times(e);
    return gradients(
        scaled.times(e.arg(1)).over(e.arg(0)), scaled.times(Functions.logFinite(e.arg(0))));
  }

  /** d/dx xᵖ. */
  ExprNode of(ExprNode x, ExprNode power) {
    if (!power.isNumber()) {
      return power.times(ExprNode.of(factor, x, power.minus(1)));
    }
    boolean isRoot = power.number() > 0 && power.number() < 1;
    return isRoot
        ? power.over(ExprNode.of(divisor, x, ExprNode.of(1 - power.number())))
        : power.times(Powers.pow(x, power.minus(1)));
  }

  private static double power(double x, double n, double from) {
    double size = Math.abs(x);
    return n >= -1 && n < 0 && size < from ? Math.pow(from, n - 1) * size : Math.pow(x, n);
  }
}
