package org.lossbook.formula;

import static org.lossbook.formula.Op.Kind.ELEMENTWISE;
import static org.lossbook.formula.Op.composite;
import static org.lossbook.formula.Op.elementwise;
import static org.lossbook.formula.Op.gradients;

import org.lossbook.numerics.Elementary;

/** Functions of one number. See {@link Op} for how to read an entry. */
final class Functions {
  private static final double LN_2 = Math.log(2);

  private Functions() {}

  static final Op EXP =
      elementwise(
          "exp",
          (a, b, c, out, n, w) -> Elementary.exp(a, c, out, n),
          (g, e) -> gradients(g.times(e)),
          "4|e^{#a0}",
          "5|exp(#a0)",
          "Math.exp(#a)");

  static final Op EXPM1 =
      elementwise(
          "expm1",
          (a, b, c, out, n, w) -> Elementary.expm1(a, c, out, n),
          (g, e) -> gradients(g.times(exp(e.arg(0)))),
          "2|e^{#a0} - 1",
          "2|exp(#a0) − 1",
          "Math.expm1(#a)");

  static final Op LOG =
      elementwise(
          "log",
          (a, b, c, out, n, w) -> {
            for (int i = 0; i < n; i++) out[i] = Math.log(a[i]);
          },
          (g, e) -> gradients(g.over(e.arg(0))),
          "4|\\log #a5",
          "5|log(#a0)",
          "Math.log(#a)");

  /** The logarithm, finite at 0, so that its product with 0 is 0. */
  static final Op LOG_FINITE =
      elementwise(
          "logFinite",
          (a, b, c, out, n, w) -> {
            for (int i = 0; i < n; i++) out[i] = Math.log(Math.max(a[i], 1e-300));
          },
          (g, e) -> gradients(g.over(e.arg(0))),
          "4|\\log #a5",
          "5|log(#a0)",
          "Math.log(Math.max(#a, 1e-300))");

  /** The logarithm of a to the constant base b. */
  static final Op LOG_BASE =
      composite(
          "log",
          ELEMENTWISE,
          e -> log(e.arg(0)).over(log(e.arg(1))),
          (g, e) -> gradients(g.over(e.arg(0)).over(naturalLog(e.arg(1))), ExprNode.ZERO),
          "4|\\log_{#b0} #a5",
          "5|log#b_(#a0)");

  static final Op LOG1P =
      elementwise(
          "log1p",
          (a, b, c, out, n, w) -> Elementary.log1p(a, out, n),
          (g, e) -> gradients(g.over(e.arg(0).plus(1))),
          "4|\\log\\left(1 + #a2\\right)",
          "5|log(1 + #a2)",
          "Math.log1p(#a)");

  static final Op ABS =
      elementwise(
          "abs",
          (a, b, c, out, n, w) -> {
            for (int i = 0; i < n; i++) out[i] = Math.abs(a[i]);
          },
          (g, e) -> gradients(g.times(sign(e.arg(0)))),
          "5|\\left|#a0\\right|",
          "5||#a0|",
          "Math.abs(#a)");

  static final Op SIGN =
      elementwise(
          "sign",
          (a, b, c, out, n, w) -> {
            for (int i = 0; i < n; i++) out[i] = Elementary.sign(a[i]);
          },
          (g, e) -> gradients(ExprNode.ZERO),
          "5|\\operatorname{sign}\\left(#a0\\right)",
          "5|sign(#a0)",
          "Math.sign(#a)");

  static final Op FLOOR =
      elementwise(
          "floor",
          (a, b, c, out, n, w) -> {
            for (int i = 0; i < n; i++) out[i] = Math.floor(a[i]);
          },
          (g, e) -> gradients(ExprNode.ZERO),
          "5|\\left\\lfloor #a0\\right\\rfloor",
          "5|⌊#a0⌋",
          "Math.floor(#a)");

  static final Op CEIL =
      elementwise(
          "ceil",
          (a, b, c, out, n, w) -> {
            for (int i = 0; i < n; i++) out[i] = Math.ceil(a[i]);
          },
          (g, e) -> gradients(ExprNode.ZERO),
          "5|\\left\\lceil #a0\\right\\rceil",
          "5|⌈#a0⌉",
          "Math.ceil(#a)");

  static final Op TANH =
      elementwise(
          "tanh",
          (a, b, c, out, n, w) -> Elementary.tanh(a, c, out, n),
          (g, e) -> gradients(g.times(ExprNode.ONE.minus(Powers.square(e)))),
          "5|\\tanh\\left(#a0\\right)",
          "5|tanh(#a0)",
          "Math.tanh(#a)");

  static final Op LOG_COSH =
      elementwise(
          "logCosh",
          (a, b, c, out, n, w) -> {
            for (int i = 0; i < n; i++) out[i] = logCosh(Math.abs(a[i]));
          },
          (g, e) -> gradients(g.times(tanh(e.arg(0)))),
          "4|\\log\\cosh\\left(#a0\\right)",
          "5|log cosh(#a0)",
          "Math.abs(#a) < 1 ? Math.log1p(2 * Math.pow(Math.sinh((#a) / 2), 2))"
              + " : Math.abs(#a) + Math.log1p(Math.exp(-2 * Math.abs(#a))) - Math.LN2");

  static final Op COS =
      elementwise(
          "cos",
          (a, b, c, out, n, w) -> {
            for (int i = 0; i < n; i++) out[i] = Math.cos(a[i]);
          },
          (g, e) -> gradients(g.times(sin(e.arg(0))).negate()),
          "5|\\cos\\left(#a0\\right)",
          "5|cos(#a0)",
          "Math.cos(#a)");

  static final Op SIN =
      elementwise(
          "sin",
          (a, b, c, out, n, w) -> {
            for (int i = 0; i < n; i++) out[i] = Math.sin(a[i]);
          },
          (g, e) -> gradients(g.times(cos(e.arg(0)))),
          "5|\\sin\\left(#a0\\right)",
          "5|sin(#a0)",
          "Math.sin(#a)");

  /** e^−|x|, which sigmoid and softplus share. */
  static final Op DECAY =
      elementwise(
          "decay",
          (a, b, c, out, n, w) -> Elementary.decay(a, c, out, n),
          (g, e) -> gradients(g.times(e).times(sign(e.arg(0))).negate()),
          "4|e^{-\\left|#a0\\right|}",
          "5|exp(−|#a0|)",
          "Math.exp(-Math.abs(#a))");

  /** The sigmoid of a, given b = e^−|a|. */
  static final Op SIGMOID_BY_DECAY =
      elementwise(
          "sigmoidByDecay",
          (a, b, c, out, n, w) -> Elementary.sigmoid(a, b, out, n),
          (g, e) -> gradients(g.times(e).times(ExprNode.ONE.minus(e)), ExprNode.ZERO),
          "5|\\sigma\\left(#a0\\right)",
          "5|σ(#a0)",
          "(#a > 0 ? 1 : #b) / (1 + #b)");

  /** σ(a) − c, given b = e^−|a|: to full precision where σ(a) is close to c. */
  static final Op SIGMOID_MINUS =
      elementwise(
          "sigmoidMinus",
          (a, b, c, out, n, w) -> Elementary.sigmoidLess(a, b, c, out, n),
          (g, e) -> {
            throw new UnsupportedOperationException("inserted when a program is compiled");
          },
          "2|\\sigma\\left(#a0\\right) - #c3",
          "2|σ(#a0) − #c3",
          "((1 - #c) * (#a > 0 ? 1 : #b) - #c * (#a > 0 ? #b : 1)) / (1 + #b)");

  /** log(1 + x) for x from 0 to 1. */
  static final Op LOG1P_OF_FRACTION =
      elementwise(
          "log1pOfFraction",
          (a, b, c, out, n, w) -> Elementary.log1pOfFraction(a, out, n),
          (g, e) -> gradients(g.over(e.arg(0).plus(1))),
          "4|\\log\\left(1 + #a2\\right)",
          "5|log(1 + #a2)",
          "Math.log1p(#a)");

  static final Op SIGMOID =
      composite(
          "sigmoid",
          ELEMENTWISE,
          e -> ExprNode.of(SIGMOID_BY_DECAY, e.arg(0), decay(e.arg(0))),
          (g, e) -> gradients(g.times(e).times(ExprNode.ONE.minus(e))),
          "5|\\sigma\\left(#a0\\right)",
          "5|σ(#a0)");

  static final Op LOG_SIGMOID =
      composite(
          "logSigmoid",
          ELEMENTWISE,
          e -> softplus(e.arg(0).negate()).negate(),
          (g, e) -> gradients(g.times(ExprNode.ONE.minus(sigmoid(e.arg(0))))),
          "4|\\log \\sigma\\left(#a0\\right)",
          "5|log σ(#a0)");

  static final Op SOFTPLUS =
      composite(
          "softplus",
          ELEMENTWISE,
          e ->
              Choices.max(e.arg(0), ExprNode.ZERO)
                  .plus(ExprNode.of(LOG1P_OF_FRACTION, decay(e.arg(0)))),
          (g, e) -> gradients(g.times(sigmoid(e.arg(0)))),
          "5|\\log\\left(1 + e^{#a0}\\right)",
          "5|log(1 + exp(#a0))");

  /** The log-partition function of Barron's loss with shape a, see {@link LogPartition}. */
  static final Op LOG_PARTITION =
      elementwise(
          "logPartition",
          (a, b, c, out, n, w) -> {
            for (int i = 0; i < n; i++) out[i] = LogPartition.value(a[i]);
          },
          (g, e) -> gradients(g.times(ExprNode.of(Functions.LOG_PARTITION_DERIVATIVE, e.arg(0)))),
          "4|\\log Z\\left(#a0\\right)",
          "5|log Z(#a0)",
          LogPartition.VALUE_IN_JAVASCRIPT);

  /** The derivative of log Z; a second derivative is never needed. */
  static final Op LOG_PARTITION_DERIVATIVE =
      elementwise(
          "logPartitionDerivative",
          (a, b, c, out, n, w) -> {
            for (int i = 0; i < n; i++) out[i] = LogPartition.derivative(a[i]);
          },
          (g, e) -> {
            throw new UnsupportedOperationException("log Z is differentiated once only");
          },
          "5|\\left(\\log Z\\right)'\\left(#a0\\right)",
          "5|(log Z)′(#a0)",
          LogPartition.DERIVATIVE_IN_JAVASCRIPT);

  /** log cosh x, exact near 0, where cosh is almost 1, and for large x, where it overflows. */
  private static double logCosh(double x) {
    if (x < 1) {
      double s = Math.sinh(x / 2);
      return Math.log1p(2 * s * s);
    }
    return x + Math.log1p(Math.exp(-2 * x)) - LN_2;
  }

  static ExprNode exp(ExprNode x) {
    return ExprNode.of(EXP, x);
  }

  static ExprNode log(ExprNode x) {
    return ExprNode.of(LOG, x);
  }

  static ExprNode logFinite(ExprNode x) {
    return ExprNode.of(LOG_FINITE, x);
  }

  static ExprNode log1p(ExprNode x) {
    return ExprNode.of(LOG1P, x);
  }

  static ExprNode abs(ExprNode x) {
    return ExprNode.of(ABS, x);
  }

  static ExprNode sign(ExprNode x) {
    return ExprNode.of(SIGN, x);
  }

  static ExprNode tanh(ExprNode x) {
    return ExprNode.of(TANH, x);
  }

  static ExprNode cos(ExprNode x) {
    return ExprNode.of(COS, x);
  }

  static ExprNode sin(ExprNode x) {
    return ExprNode.of(SIN, x);
  }

  static ExprNode sigmoid(ExprNode x) {
    return ExprNode.of(SIGMOID, x);
  }

  static ExprNode softplus(ExprNode x) {
    return ExprNode.of(SOFTPLUS, x);
  }

  /** {@code ln b} by its name, for a number b. */
  static ExprNode naturalLog(ExprNode b) {
    String digits = Numbers.text(b.number());
    return b.isNumber(Math.E)
        ? ExprNode.ONE
        : ExprNode.leaf(
            Leaves.NAMED, Shape.SCALAR, Math.log(b.number()), "ln " + digits, "\\ln " + digits);
  }

  /** σ(x) − y. */
  static ExprNode sigmoidMinus(ExprNode x, ExprNode y) {
    return ExprNode.of(SIGMOID_MINUS, x, decay(x), y);
  }

  /** The derivative of tanh, 1 − tanh²x, computed without a subtraction. */
  static ExprNode tanhDerivative(ExprNode x) {
    ExprNode decay = decay(x.times(2));
    return decay.times(4).over(Powers.square(decay.plus(1)));
  }

  static ExprNode decay(ExprNode x) {
    return ExprNode.of(DECAY, x);
  }
}
