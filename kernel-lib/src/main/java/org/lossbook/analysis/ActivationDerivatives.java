package org.lossbook.analysis;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.lossbook.engine.Activation;

/**
 * Activation functions and their derivatives in double precision, for networks small enough to
 * check on paper.
 */
final class ActivationDerivatives {
  private ActivationDerivatives() {}

  /** The activation of each number; softmax of each row. */
  static double[][] values(Activation activation, double[][] z) {
    return activation.kind() == Activation.Kind.SOFTMAX
        ? Arrays.stream(z).map(ActivationDerivatives::softmax).toArray(double[][]::new)
        : each(z, value(activation));
  }

  /**
   * The chain rule: from the gradient with respect to an activation's output to that with respect
   * to its input, times the derivative; for softmax â(g − Σ g â).
   */
  static double[][] through(
      Activation activation, double[][] z, double[][] out, double[][] gradient) {
    double[][] delta = new double[z.length][z[0].length];
    double[][] derivatives = derivatives(activation, z);
    for (int r = 0; r < z.length; r++) {
      double mean = 0;
      for (int j = 0; j < z[r].length; j++) {
        mean += gradient[r][j] * out[r][j];
      }
      for (int j = 0; j < z[r].length; j++) {
        delta[r][j] =
            activation.kind() == Activation.Kind.SOFTMAX
                ? out[r][j] * (gradient[r][j] - mean)
                : gradient[r][j] * derivatives[r][j];
      }
    }
    return delta;
  }

  /**
   * The derivative φ'(z) of each number, without computing 1 − φ, which cancels where φ is almost
   * 1; not for softmax, whose outputs depend on the whole row.
   */
  static double[][] derivatives(Activation activation, double[][] z) {
    return activation.kind() == Activation.Kind.SOFTMAX ? z : each(z, derivative(activation));
  }

  private static double[][] each(double[][] z, DoubleUnaryOperator f) {
    return Arrays.stream(z)
        .map(row -> Arrays.stream(row).map(f).toArray())
        .toArray(double[][]::new);
  }

  private static double[] softmax(double[] z) {
    double most = Arrays.stream(z).max().orElse(0);
    double[] powers = Arrays.stream(z).map(v -> Math.exp(v - most)).toArray();
    double sum = Arrays.stream(powers).sum();
    return Arrays.stream(powers).map(p -> p / sum).toArray();
  }

  private static double sigmoid(double z) {
    return 1 / (1 + Math.exp(-z));
  }

  private static DoubleUnaryOperator value(Activation activation) {
    double alpha = activation.alpha();
    return switch (activation.kind()) {
      case LINEAR, SOFTMAX -> z -> z;
      case RELU -> z -> Math.max(0, z);
      case SIGMOID -> ActivationDerivatives::sigmoid;
      case TANH -> Math::tanh;
      case LEAKY_RELU -> z -> z > 0 ? z : alpha * z;
      case ELU -> z -> z > 0 ? z : alpha * Math.expm1(z);
      case SWISH -> z -> z * sigmoid(z);
      case SOFTPLUS -> z -> Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));
      case FORMULA -> byFormula(activation, false);
      case GELU, GELU_TANH, LOG_SOFTMAX, SPARSEMAX, GLU ->
          throw new IllegalStateException("refused before");
    };
  }

  private static DoubleUnaryOperator derivative(Activation activation) {
    double alpha = activation.alpha();
    return switch (activation.kind()) {
      case LINEAR, SOFTMAX -> z -> 1;
      case RELU -> z -> z > 0 ? 1 : 0;
      case SIGMOID -> z -> sigmoid(z) * sigmoid(-z);
      case TANH -> z -> 4 * sigmoid(2 * z) * sigmoid(-2 * z);
      case LEAKY_RELU -> z -> z > 0 ? 1 : alpha;
      case ELU -> z -> z > 0 ? 1 : alpha * Math.exp(z);
      case SWISH -> z -> sigmoid(z) * (1 + z * sigmoid(-z));
      case SOFTPLUS -> ActivationDerivatives::sigmoid;
      case FORMULA -> byFormula(activation, true);
      case GELU, GELU_TANH, LOG_SOFTMAX, SPARSEMAX, GLU ->
          throw new IllegalStateException("refused before");
    };
  }

  private static DoubleUnaryOperator byFormula(Activation activation, boolean derivative) {
    var evaluator = activation.function().orElseThrow().evaluator(derivative);
    return z -> {
      double[] result = new double[1];
      evaluator.value(new double[] {z}, result, 1);
      if (derivative) {
        evaluator.derivative(new double[] {z}, result, 1);
      }
      return result[0];
    };
  }
}
