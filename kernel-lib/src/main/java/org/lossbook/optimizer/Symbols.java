package org.lossbook.optimizer;

import org.lossbook.formula.Expr;

/** The symbols of the update rules, each with one meaning. */
final class Symbols {
  /** A weight. */
  static final Expr W = Expr.named("w", "w", 0);

  /** Its gradient. */
  static final Expr G = Expr.named("g", "g", 0);

  /** The sum of its gradients since the last update, with gradient accumulation. */
  static final Expr SUM_OF_GRADIENTS =
      Expr.named("(g₁ + … + gₖ)", "\\left(g_1 + \\dots + g_k\\right)", 0);

  /** The average of the weight. */
  static final Expr AVERAGE = Expr.named("w̄", "\\bar w", 0);

  /** The mean of the gradient, or the momentum. */
  static final Expr M = Expr.named("m", "m", 0);

  /** The mean of the squared gradient. */
  static final Expr V = Expr.named("v", "v", 0);

  /** What a rule makes of the gradient, before it is scaled. */
  static final Expr UPDATE = Expr.named("u", "u", 0);

  /** The norm of all weights of a parameter. */
  static final Expr NORM_OF_WEIGHTS = Expr.named("‖w‖", "\\lVert w \\rVert", 0);

  /** The norm of a parameter's update. */
  static final Expr NORM_OF_UPDATE = Expr.named("‖u‖", "\\lVert u \\rVert", 0);

  /** The root mean square of all weights of a parameter. */
  static final Expr RMS_OF_WEIGHTS = Expr.named("RMS(w)", "\\operatorname{RMS}(w)", 0);

  /** The root mean square of a parameter's update. */
  static final Expr RMS_OF_UPDATE = Expr.named("RMS(u)", "\\operatorname{RMS}(u)", 0);

  /** The update of a matrix, made orthogonal by Newton and Schulz's iteration. */
  static final Expr ORTHOGONALIZED = Expr.named("NS(u)", "\\operatorname{NS}(u)", 0);

  /** The root of the longer side of an a × b matrix. */
  static final Expr ROOT_OF_LONGER_SIDE = Expr.named("√(max(a, b))", "\\sqrt{\\max(a, b)}", 0);

  private Symbols() {}

  /** The mean over a weight's row of a matrix. */
  static Expr meanOfRow(Expr of) {
    return Expr.named(
        "mean of row(" + of + ")", "\\operatorname{mean}_{\\text{row}}(" + of.latex() + ")", 0);
  }

  /** The mean over a weight's column of a matrix. */
  static Expr meanOfColumn(Expr of) {
    return Expr.named(
        "mean of column(" + of + ")",
        "\\operatorname{mean}_{\\text{column}}(" + of.latex() + ")",
        0);
  }

  /** The mean of numbers. */
  static Expr meanOf(Expr numbers) {
    return Expr.named("mean(" + numbers + ")", "\\operatorname{mean}(" + numbers.latex() + ")", 0);
  }

  /** The norm by which gradients are clipped. */
  static Expr norm(Clipping.Kind kind) {
    return kind == Clipping.Kind.NORM
        ? Expr.named("‖g‖", "\\lVert g \\rVert", 0)
        : Expr.named("‖all g‖", "\\lVert g_{\\text{all}} \\rVert", 0);
  }
}
