package org.lossbook.layer.function;

import java.util.List;
import org.lossbook.formula.Derivation;
import org.lossbook.formula.Derivation.Line;
import org.lossbook.loss.spec.Mathematics;

/** The derivations of activation functions of whole rows: of one output by one input. */
final class RowDerivations {
  private RowDerivations() {}

  static final Mathematics SOFTMAX =
      byInput(
          new Line(
              "∂/∂xⱼ⟦exp(xᵢ)/(Σₖ exp(xₖ))⟧",
              "\\frac{\\partial}{\\partial x_j}\\left[\\underline{\\frac{e^{x_i}}{\\sum_k e^{x_k}}}\\right]",
              ""),
          new Line(
              "∂/∂xⱼ⟦exp(xᵢ)⟧/(Σₖ exp(xₖ)) − exp(xᵢ)/(Σₖ exp(xₖ))²·∂/∂xⱼ[Σₖ exp(xₖ)]",
              "\\frac{1}{\\sum_k e^{x_k}} \\frac{\\partial}{\\partial x_j}\\left[\\underline{e^{x_i}}\\right] - \\frac{e^{x_i}}{\\left(\\sum_k e^{x_k}\\right)^2} \\frac{\\partial}{\\partial x_j}\\left[\\sum_k e^{x_k}\\right]",
              "quotient rule: (u/v)′ = u′/v − u·v′/v²"),
          new Line(
              "δᵢⱼ·exp(xᵢ)/(Σₖ exp(xₖ)) − exp(xᵢ)/(Σₖ exp(xₖ))²·∂/∂xⱼ⟦Σₖ exp(xₖ)⟧",
              "\\frac{\\delta_{ij}\\, e^{x_i}}{\\sum_k e^{x_k}} - \\frac{e^{x_i}}{\\left(\\sum_k e^{x_k}\\right)^2} \\frac{\\partial}{\\partial x_j}\\left[\\underline{\\sum_k e^{x_k}}\\right]",
              "exponential: δᵢⱼ is 1 where i = j, else 0"),
          new Line(
              "δᵢⱼ·exp(xᵢ)/(Σₖ exp(xₖ)) − exp(xᵢ)/(Σₖ exp(xₖ))·exp(xⱼ)/(Σₖ exp(xₖ))",
              "\\frac{\\delta_{ij}\\, e^{x_i}}{\\sum_k e^{x_k}} - \\frac{e^{x_i}}{\\sum_k e^{x_k}} \\cdot \\frac{e^{x_j}}{\\sum_k e^{x_k}}",
              "sum rule and exponential: only the term k = j depends on xⱼ"),
          new Line(
              "φᵢ·(δᵢⱼ − φⱼ)",
              "\\varphi_i (\\delta_{ij} - \\varphi_j)",
              "simplify, with φ for the softmax"));

  static final Mathematics LOG_SOFTMAX =
      byInput(
          new Line(
              "∂/∂xⱼ⟦xᵢ − log(Σₖ exp(xₖ))⟧",
              "\\frac{\\partial}{\\partial x_j}\\left[\\underline{x_i - \\log \\sum_k e^{x_k}}\\right]",
              ""),
          new Line(
              "δᵢⱼ − ∂/∂xⱼ⟦log(Σₖ exp(xₖ))⟧",
              "\\delta_{ij} - \\frac{\\partial}{\\partial x_j}\\left[\\underline{\\log \\sum_k e^{x_k}}\\right]",
              "sum rule: δᵢⱼ is 1 where i = j, else 0"),
          new Line(
              "δᵢⱼ − 1/(Σₖ exp(xₖ))·∂/∂xⱼ⟦Σₖ exp(xₖ)⟧",
              "\\delta_{ij} - \\frac{1}{\\sum_k e^{x_k}} \\frac{\\partial}{\\partial x_j}\\left[\\underline{\\sum_k e^{x_k}}\\right]",
              "logarithm and chain rule: log(u)′ = u′/u"),
          new Line(
              "δᵢⱼ − exp(xⱼ)/(Σₖ exp(xₖ))",
              "\\delta_{ij} - \\frac{e^{x_j}}{\\sum_k e^{x_k}}",
              "sum rule and exponential: only the term k = j depends on xⱼ"),
          new Line(
              "δᵢⱼ − exp(φⱼ)",
              "\\delta_{ij} - e^{\\varphi_j}",
              "simplify, with φ for the logarithm of the softmax"));

  static final Mathematics SPARSEMAX =
      byInput(
          new Line(
              "∂/∂xⱼ⟦max(xᵢ − τ, 0)⟧",
              "\\frac{\\partial}{\\partial x_j}\\left[\\underline{\\max(x_i - \\tau,\\ 0)}\\right]",
              ""),
          new Line(
              "1[i in S]·∂/∂xⱼ⟦xᵢ − τ⟧, S = {k: φₖ > 0}",
              "\\mathbb{1}[i \\in S]\\, \\frac{\\partial}{\\partial x_j}\\left[\\underline{x_i - \\tau}\\right],\\quad S = \\{k: \\varphi_k > 0\\}",
              "maximum and chain rule: only the larger one moves it"),
          new Line(
              "1[i in S]·(δᵢⱼ − ∂/∂xⱼ⟦τ⟧)",
              "\\mathbb{1}[i \\in S]\\left(\\delta_{ij} - \\frac{\\partial}{\\partial x_j}\\left[\\underline{\\tau}\\right]\\right)",
              "sum rule: δᵢⱼ is 1 where i = j, else 0"),
          new Line(
              "1[i in S]·(δᵢⱼ − ∂/∂xⱼ⟦(Σ xₖ over S − 1)/|S|⟧)",
              "\\mathbb{1}[i \\in S]\\left(\\delta_{ij} - \\frac{\\partial}{\\partial x_j}\\left[\\underline{\\frac{\\sum_{k \\in S} x_k - 1}{|S|}}\\right]\\right)",
              "what τ stands for, as the outputs add up to 1"),
          new Line(
              "δᵢⱼ − 1/|S| for i, j in S, else 0",
              "\\delta_{ij} - \\frac{1}{|S|}\\text{ for } i, j \\in S,\\text{ else } 0",
              "sum rule and constant divisor"));

  static final Mathematics GLU =
      derivation(
          "\\frac{\\partial \\varphi_i}{\\partial b_i}",
          "∂φᵢ/∂bᵢ",
          new Line(
              "∂/∂bᵢ⟦aᵢ·σ(bᵢ)⟧",
              "\\frac{\\partial}{\\partial b_i}\\left[\\underline{a_i\\, \\sigma(b_i)}\\right]",
              ""),
          new Line(
              "aᵢ·∂/∂bᵢ⟦σ(bᵢ)⟧",
              "a_i\\, \\frac{\\partial}{\\partial b_i}\\left[\\underline{\\sigma(b_i)}\\right]",
              "constant factor: (c·v)′ = c·v′, and so ∂φᵢ/∂aᵢ = σ(bᵢ)"),
          new Line(
              "aᵢ·σ(bᵢ)·(1 − σ(bᵢ))",
              "a_i\\, \\sigma(b_i)\\,(1 - \\sigma(b_i))",
              "sigmoid: σ(u)′ = σ(u)·(1 − σ(u))·u′"));

  private static Mathematics byInput(Line... lines) {
    return derivation("\\frac{\\partial \\varphi_i}{\\partial x_j}", "∂φᵢ/∂xⱼ", lines);
  }

  private static Mathematics derivation(String latex, String text, Line... lines) {
    Derivation derivation = new Derivation(List.of(lines), "", "");
    return new Mathematics(derivation.latex(latex), derivation.text(text));
  }
}
