package org.lossbook.formula;

import static org.lossbook.formula.Op.Kind.ELEMENTWISE;
import static org.lossbook.formula.Op.composite;
import static org.lossbook.formula.Op.elementwise;
import static org.lossbook.formula.Op.gradients;

import org.lossbook.numerics.Normal;

/** The standard normal distribution. See {@link Op} for how to read an entry. */
final class NormalDistribution {
  private NormalDistribution() {}

  /** Taylor's series in the middle, Laplace's continued fraction in the tails. */
  private static final String IN_JAVASCRIPT =
      "((x, bell) => { const d = bell / Math.sqrt(2 * Math.PI); let s = 0;"
          + " if (Math.abs(x) > 3) { for (let k = 150; k > 0; k--) s = k / (s + Math.abs(x));"
          + " const tail = d / (s + Math.abs(x)); return x > 0 ? 1 - tail : tail; }"
          + " for (let k = 1, t = x; k < 120; k += 2) { s += t; t *= x * x / (k + 2); }"
          + " return 0.5 + s * d; })(#a, #b)";

  /** The distribution function of a, given b = e^(−a²/2). */
  private static final Op BY_BELL =
      elementwise(
          "normalCdfByBell",
          (a, b, c, out, n, w) -> Normal.distribution(a, b, c, out, n),
          (g, e) -> gradients(g.times(density(e.arg(0))), ExprNode.ZERO),
          "5|\\Phi\\left(#a0\\right)",
          "5|Φ(#a0)",
          IN_JAVASCRIPT);

  static final Op CDF =
      composite(
          "normalCdf",
          ELEMENTWISE,
          e -> ExprNode.of(BY_BELL, e.arg(0), bell(e.arg(0))),
          (g, e) -> gradients(g.times(density(e.arg(0)))),
          "5|\\Phi\\left(#a0\\right)",
          "5|Φ(#a0)");

  private static ExprNode bell(ExprNode x) {
    return Functions.exp(Powers.square(x).times(-0.5));
  }

  private static ExprNode density(ExprNode x) {
    return bell(x).over(ROOT);
  }

  private static final ExprNode ROOT =
      ExprNode.leaf(Leaves.NAMED, Shape.SCALAR, Math.sqrt(2 * Math.PI), "√(2π)", "\\sqrt{2\\pi}");
}
