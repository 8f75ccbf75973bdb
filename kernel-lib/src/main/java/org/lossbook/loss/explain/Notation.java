package org.lossbook.loss.explain;

import org.lossbook.Internal;
import org.lossbook.formula.Derivation;
import org.lossbook.formula.Expr;
import org.lossbook.loss.spec.LoopFormula;
import org.lossbook.loss.spec.LossSpec;
import org.lossbook.loss.spec.Mathematics;

/**
 * Mathematical notation of a loss: with its reduction, its weights where it divides by them, its
 * penalty.
 *
 * @hidden
 */
@Internal
public final class Notation {
  private Notation() {}

  /** L, or J(θ) where the weights cost something. */
  public static Mathematics formula(LossSpec loss) {
    return loss.penalty().isNone()
        ? equation("L", "L", loss)
        : equation("J(\\theta)", "J(θ)", loss);
  }

  /** The loss as an equation with this left side. */
  public static Mathematics equation(String leftLatex, String leftText, LossSpec loss) {
    return loss.formula() instanceof LoopFormula formula
        ? new LoopNotation(loss, formula).equation(leftLatex, leftText)
        : counting(loss, equation(leftLatex, leftText, objective(loss)));
  }

  /** With the rows that the sum and its divisor are about, where some are ignored. */
  private static Mathematics counting(LossSpec loss, Mathematics equation) {
    return loss.ignored().isEmpty()
        ? equation
        : new Mathematics(
            equation.latex() + ",\\quad y_i \\neq " + loss.ignored().getAsInt(),
            equation.text() + ", yᵢ ≠ " + loss.ignored().getAsInt());
  }

  /** ∂L/∂ŷ. */
  public static Mathematics derivative(LossSpec loss) {
    return loss.formula() instanceof LoopFormula formula
        ? new LoopNotation(loss, formula).slope()
        : slopeEquation(loss);
  }

  private static Mathematics slopeEquation(LossSpec loss) {
    return equation(
        "\\frac{\\partial L}{\\partial " + loss.p().latex() + "}",
        "∂L/∂" + loss.p(),
        loss.objective().gradient(loss.p()));
  }

  /** ∂L/∂ŷ, rule by rule. */
  public static Mathematics derivation(LossSpec loss) {
    if (loss.formula() instanceof LoopFormula formula) {
      return new LoopNotation(loss, formula).derivation();
    }
    Derivation derivation = loss.objective().derive(loss.p());
    return new Mathematics(
        derivation.latex("\\frac{\\partial L}{\\partial " + loss.p().latex() + "}"),
        derivation.text("∂L/∂" + loss.p()));
  }

  /** What training makes small. */
  static Expr objective(LossSpec loss) {
    Expr plain = loss.objective();
    return loss.penalty().expr().map(plain::plus).orElse(plain);
  }

  private static Mathematics equation(String leftLatex, String leftText, Expr right) {
    return new Mathematics(leftLatex + " = " + right.latex(), leftText + " = " + right);
  }
}
