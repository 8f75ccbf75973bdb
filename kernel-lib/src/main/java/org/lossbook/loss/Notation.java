package org.lossbook.loss;

import org.lossbook.formula.Expr;

/** A loss as mathematics: with its reduction, its weights where it divides by them, its penalty. */
final class Notation {
  private Notation() {}

  /** L, or J(θ) where the weights cost something. */
  static Mathematics formula(Loss loss) {
    return loss.penalty().isNone()
        ? loss.equation("L", "L", loss)
        : loss.equation("J(\\theta)", "J(θ)", loss);
  }

  /** ∂L/∂ŷ. */
  static Mathematics derivative(Loss loss) {
    return Mathematics.equation(
        "\\frac{\\partial L}{\\partial " + loss.p().latex() + "}", "∂L/∂" + loss.p(), slope(loss));
  }

  /** The same as an expression. */
  static Expr slope(Loss loss) {
    return unpenalized(loss).gradient(loss.p());
  }

  /** What training makes small. */
  static Expr objective(Loss loss) {
    Expr plain = unpenalized(loss);
    return loss.penalty().expr().map(plain::plus).orElse(plain);
  }

  private static Expr unpenalized(Loss loss) {
    boolean speaksOfWeights =
        loss.classWeights().isPresent() || loss.reduction() == Reduction.WEIGHTED_MEAN;
    return loss.objective(speaksOfWeights);
  }
}
