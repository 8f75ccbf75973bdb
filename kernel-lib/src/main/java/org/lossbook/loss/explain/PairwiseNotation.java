package org.lossbook.loss.explain;

import org.lossbook.loss.spec.LossSpec;
import org.lossbook.loss.spec.Mathematics;
import org.lossbook.loss.spec.PairwiseFormula;

/** Mathematical notation of a pairwise loss: its reduction, and the loss of sample i beside it. */
record PairwiseNotation(LossSpec loss, PairwiseFormula formula) {
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
        "\\frac{\\partial L}{\\partial \\hat y_j} = "
            + reduced(true, "\\frac{\\partial \\ell_i}{\\partial \\hat y_j}")
            + ",\\quad "
            + each.latex(),
        "∂L/∂ŷⱼ = " + reduced(false, "∂ℓᵢ/∂ŷⱼ") + ", " + each.text());
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
