package org.lossbook.layer.function;

import java.util.Arrays;
import java.util.Optional;
import org.lossbook.Internal;
import org.lossbook.config.Require;
import org.lossbook.engine.Activation;
import org.lossbook.loss.spec.Mathematics;
import org.lossbook.numerics.RowFunction;

/**
 * Shows an activation function of whole rows: its values and its mathematics.
 *
 * @hidden
 */
@Internal
public enum RowViews {
  /** Softmax, as the exponential of its logarithm. */
  SOFTMAX(
      Activation.SOFTMAX,
      new Mathematics(
          "\\varphi(x)_i = \\frac{e^{x_i}}{\\sum_k e^{x_k}}", "φ(x)ᵢ = exp(xᵢ)/(Σₖ exp(xₖ))"),
      new Mathematics(
          "\\frac{\\partial \\varphi_i}{\\partial x_j} = \\varphi_i (\\delta_{ij} - \\varphi_j)",
          "∂φᵢ/∂xⱼ = φᵢ·(δᵢⱼ − φⱼ)"),
      RowDerivations.SOFTMAX),
  LOG_SOFTMAX(
      Activation.LOG_SOFTMAX,
      new Mathematics(
          "\\varphi(x)_i = x_i - \\log \\sum_k e^{x_k}", "φ(x)ᵢ = xᵢ − log(Σₖ exp(xₖ))"),
      new Mathematics(
          "\\frac{\\partial \\varphi_i}{\\partial x_j} = \\delta_{ij} - e^{\\varphi_j}",
          "∂φᵢ/∂xⱼ = δᵢⱼ − exp(φⱼ)"),
      RowDerivations.LOG_SOFTMAX),
  SPARSEMAX(
      Activation.SPARSEMAX,
      new Mathematics(
          "\\varphi(x)_i = \\max(x_i - \\tau,\\ 0),\\quad \\sum_i \\varphi(x)_i = 1",
          "φ(x)ᵢ = max(xᵢ − τ, 0), Σᵢ φ(x)ᵢ = 1"),
      new Mathematics(
          "\\frac{\\partial \\varphi_i}{\\partial x_j} = \\delta_{ij} - \\frac{1}{|S|}\\text{ for } i, j \\in S = \\{k: \\varphi_k > 0\\}",
          "∂φᵢ/∂xⱼ = δᵢⱼ − 1/|S| for i, j in S = {k: φₖ > 0}, else 0"),
      RowDerivations.SPARSEMAX),
  GLU(
      Activation.GLU,
      new Mathematics(
          "\\varphi(a, b)_i = a_i\\, \\sigma(b_i)", "φ(a, b)ᵢ = aᵢ·σ(bᵢ), the halves of a row"),
      new Mathematics(
          "\\frac{\\partial \\varphi_i}{\\partial a_i} = \\sigma(b_i),\\quad \\frac{\\partial \\varphi_i}{\\partial b_i} = a_i\\, \\sigma(b_i)\\,(1 - \\sigma(b_i))",
          "∂φᵢ/∂aᵢ = σ(bᵢ), ∂φᵢ/∂bᵢ = aᵢ·σ(bᵢ)·(1 − σ(bᵢ))"),
      RowDerivations.GLU);

  private final Activation activation;
  private final Mathematics formula;
  private final Mathematics derivative;
  private final Mathematics derivation;

  RowViews(
      Activation activation, Mathematics formula, Mathematics derivative, Mathematics derivation) {
    this.activation = activation;
    this.formula = formula;
    this.derivative = derivative;
    this.derivation = derivation;
  }

  /** The views of a function, if it is one of rows. */
  public static Optional<RowViews> of(Activation activation) {
    return Arrays.stream(values()).filter(each -> each.activation.equals(activation)).findFirst();
  }

  /** The function as mathematics. */
  public Mathematics formula() {
    return formula;
  }

  /** Its partial derivatives as mathematics. */
  public Mathematics derivative() {
    return derivative;
  }

  /** Its partial derivatives, rule by rule. */
  public Mathematics derivation() {
    return derivation;
  }

  /** The function's values for one row. */
  public double[] values(double[] row) {
    Require.given(row, activation.kerasName(), "a row of numbers", "write of(vector(1, 2))");
    double[] values = new double[activation.outputShape(row.length)[0]];
    if (row.length > 0) {
      activation.ofRows().orElse(RowFunction.LOG_SOFTMAX).value(row, 0, row.length, values, 0);
    }
    return this == SOFTMAX ? Arrays.stream(values).map(Math::exp).toArray() : values;
  }
}
