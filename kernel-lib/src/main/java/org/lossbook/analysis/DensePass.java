package org.lossbook.analysis;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.lossbook.data.Values;
import org.lossbook.engine.Activation;

/**
 * The pass of a dense layer or of an activation alone; {@code kernel} has one row per input.
 *
 * @param kernel empty if the layer is only an activation
 * @param fused whether activation and loss are backpropagated in one step
 */
record DensePass(
    String name,
    Activation activation,
    double[][] in,
    double[][] kernel,
    double[] bias,
    double[][] z,
    double[][] out,
    double[][] delta,
    double[][] kernelGradient,
    double[] biasGradient,
    boolean fused)
    implements Pass {
  /** The way forward; the gradients are empty until {@link #backward}. */
  static DensePass forward(
      String name, Activation activation, double[][] in, double[][] kernel, double[] bias) {
    double[][] z = in;
    if (kernel.length > 0) {
      z = Matrix.times(in, kernel);
      for (double[] row : z) {
        for (int j = 0; j < bias.length; j++) {
          row[j] += bias[j];
        }
      }
    }
    double[][] out = ActivationDerivatives.values(activation, z);
    double[][] none = {};
    return new DensePass(
        name, activation, in, kernel, bias, z, out, none, none, new double[0], false);
  }

  /**
   * The same with its gradients.
   *
   * @param gradient with respect to what it gives, or to the logits if fused with the loss
   */
  DensePass backward(double[][] gradient, boolean isFused) {
    double[][] back =
        isFused ? gradient : ActivationDerivatives.through(activation, z, out, gradient);
    double[][] byKernel = isDense() ? Matrix.times(Matrix.transposed(in), back) : new double[0][];
    double[] byBias = bias.length > 0 ? Matrix.columnSums(back) : new double[0];
    return new DensePass(
        name, activation, in, kernel, bias, z, out, back, byKernel, byBias, isFused);
  }

  boolean isDense() {
    return kernel.length > 0;
  }

  /** The gradient with respect to what it reads. */
  double[][] byInput() {
    return isDense() ? Matrix.times(delta, Matrix.transposed(kernel)) : delta;
  }

  @Override
  public Map<String, Values> gradients() {
    Map<String, Values> all = new LinkedHashMap<>();
    if (isDense()) {
      double[] flat = Arrays.stream(kernelGradient).flatMapToDouble(Arrays::stream).toArray();
      all.put(name + "/kernel", Values.of(flat, kernel.length, kernel[0].length));
    }
    if (bias.length > 0) {
      all.put(name + "/bias", Values.of(biasGradient, bias.length));
    }
    return all;
  }
}
