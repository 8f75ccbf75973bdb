package org.lossbook.loss.explain;

import java.util.List;
import org.lossbook.formula.Derivation;
import org.lossbook.loss.spec.LoopFormula;
import org.lossbook.loss.spec.LossSpec;
import org.lossbook.loss.spec.Mathematics;
import org.lossbook.loss.spec.Reduction;

/**
 * Mathematical notation of a loss that is computed by loops: its reduction, and the loss of sample
 * i beside it.
 */
record LoopNotation(LossSpec loss, LoopFormula formula) {
  Mathematics equation(String leftLatex, String leftText) {
    Mathematics each = formula.value();
    return new Mathematics(
        leftLatex
            + " = "
            + reduced(true, "\\ell_i")
            + loss.penalty().expr().map(cost -> " + " + cost.latex()).orElse("")
            + ",\\quad \\ell_i = "
            + each.latex(),
        leftText
            + " = "
            + reduced(false, "ℓᵢ")
            + loss.penalty().expr().map(cost -> " + " + cost).orElse("")
            + ", ℓᵢ = "
            + each.text());
  }

  Mathematics slope() {
    Mathematics each = formula.slope();
    return new Mathematics(
        "\\frac{\\partial L}{\\partial "
            + loss.p().latex()
            + "_j} = "
            + reduced(true, "\\frac{\\partial \\ell_i}{\\partial " + loss.p().latex() + "_j}")
            + ",\\quad "
            + each.latex(),
        "∂L/∂" + loss.p() + "ⱼ = " + reduced(false, "∂ℓᵢ/∂" + loss.p() + "ⱼ") + ", " + each.text());
  }

  /**
   * The reduction's rule, and the slope of one sample's loss, which has no formula to take apart.
   */
  Mathematics derivation() {
    String p = loss.p().toString();
    String latex = loss.p().latex();
    String rule = loss.reduction() == Reduction.SUM ? "sum rule" : "sum rule, constant factor";
    Mathematics each = formula.slope();
    Derivation derivation =
        new Derivation(
            List.of(
                new Derivation.Line(
                    "∂/∂" + p + "ⱼ⟦" + reduced(false, "ℓᵢ") + "⟧",
                    "\\frac{\\partial}{\\partial "
                        + latex
                        + "_j}\\left[\\underline{"
                        + reduced(true, "\\ell_i")
                        + "}\\right]",
                    ""),
                new Derivation.Line(
                    reduced(false, "∂ℓᵢ/∂" + p + "ⱼ"),
                    reduced(true, "\\frac{\\partial \\ell_i}{\\partial " + latex + "_j}"),
                    rule)),
            ", " + each.text(),
            ",\\quad " + each.latex());
    return new Mathematics(
        derivation.latex("\\frac{\\partial L}{\\partial " + latex + "_j}"),
        derivation.text("∂L/∂" + p + "ⱼ"));
  }

  private String reduced(boolean inLatex, String each) {
    String n = formula.samples();
    return switch (loss.reduction()) {
      case SUM -> (inLatex ? "\\sum_{i=1}^{n} " : "Σᵢ ") + each;
      case MEAN ->
          inLatex
              ? "\\frac{1}{" + n + "}\\sum_{i=1}^{n} " + each
              : "1/" + n.replace("_+", "₊") + " Σᵢ " + each;
      case WEIGHTED_MEAN ->
          inLatex
              ? "\\frac{\\sum_{i=1}^{n} w_i " + each + "}{" + formula.weights().latex() + "}"
              : "(Σᵢ wᵢ·" + each + ")/(" + formula.weights().text() + ")";
    };
  }
}
