package org.lossbook.engine.onednn.operation;

import org.lossbook.engine.Activation;
import org.lossbook.engine.ElementFunction;
import org.lossbook.numerics.Elementary;
import org.lossbook.numerics.Normal;

/**
 * A smooth activation function and its derivative over arrays, in double precision and without
 * cancellation: rounded to floats both are correct to the last digit for every float, subnormal
 * results included. They propagate NaN and take their limits at ±∞.
 */
abstract class SmoothFunction {
  /** The chunk size: four arrays of this length fit into the L1 cache. */
  static final int CHUNK = 512;

  /** A number beyond all floats whose cube is a double: it stands for ∞, but 0 times it is 0. */
  private static final double FAR = 1e39;

  private static final double ROOT_2_OVER_PI = Math.sqrt(2 / Math.PI);
  private static final double CUBIC = 0.044715;

  private final boolean rises;
  final double[] helper = new double[CHUNK];
  final double[] scratch = new double[CHUNK];

  private SmoothFunction(boolean rises) {
    this.rises = rises;
  }

  /** {@code out = f(x)}. */
  abstract void value(double[] x, double[] out, int n);

  /**
   * {@code out = f′(x)}, after {@link #value} of the same numbers, whose helper array it may reuse.
   */
  abstract void derivative(double[] x, double[] out, int n);

  final boolean rises() {
    return rises;
  }

  static SmoothFunction of(Activation activation, boolean withDerivative) {
    return switch (activation.kind()) {
      case SIGMOID -> new Sigmoid();
      case TANH -> new Tanh();
      case ELU -> new Elu(activation.alpha());
      case GELU -> new Gelu();
      case GELU_TANH -> new GeluTanh();
      case SWISH -> new Swish();
      case SOFTPLUS -> new Softplus();
      case FORMULA -> new Formula(activation.function().orElseThrow(), withDerivative);
      case LINEAR, RELU, LEAKY_RELU, SOFTMAX, LOG_SOFTMAX, SPARSEMAX, GLU ->
          throw new IllegalArgumentException(activation + " is not a smooth function");
    };
  }

  /** Computes e⁻|ˣ| into {@code helper}, for all functions that contain a sigmoid. */
  final void decay(double[] x, int n) {
    Elementary.decay(x, scratch, helper, n);
  }

  final void sigmoid(double[] x, double[] out, int n) {
    decay(x, n);
    Elementary.sigmoid(x, helper, out, n);
  }

  /** σ(x)(1 − σ(x)), where {@code decay} is e⁻|ˣ|, without cancellation. */
  static double sigmoidDerivative(double decay) {
    return decay / ((1 + decay) * (1 + decay));
  }

  /** 1 if x is above 0, else 0, for all floats, without a branch. */
  static double isPositive(double x) {
    return Math.max(0, Math.min(1, x * 1e60));
  }

  static double bounded(double x) {
    return Math.max(-FAR, Math.min(FAR, x));
  }

  private static final class Sigmoid extends SmoothFunction {
    Sigmoid() {
      super(true);
    }

    @Override
    void value(double[] x, double[] out, int n) {
      sigmoid(x, out, n);
    }

    @Override
    void derivative(double[] x, double[] out, int n) {
      for (int i = 0; i < n; i++) out[i] = sigmoidDerivative(helper[i]);
    }
  }

  private static final class Tanh extends SmoothFunction {
    Tanh() {
      super(true);
    }

    @Override
    void value(double[] x, double[] out, int n) {
      Elementary.tanh(x, scratch, out, n);
    }

    /** 4 σ′(2x). */
    @Override
    void derivative(double[] x, double[] out, int n) {
      for (int i = 0; i < n; i++) out[i] = 2 * x[i];
      decay(out, n);
      for (int i = 0; i < n; i++) out[i] = 4 * sigmoidDerivative(helper[i]);
    }
  }

  private static final class Elu extends SmoothFunction {
    private final double alpha;

    Elu(double alpha) {
      super(alpha >= 0);
      this.alpha = alpha;
    }

    @Override
    void value(double[] x, double[] out, int n) {
      Elementary.expm1OfNegative(x, scratch, out, n);
      for (int i = 0; i < n; i++) out[i] = Math.max(0, x[i]) + alpha * out[i];
    }

    @Override
    void derivative(double[] x, double[] out, int n) {
      for (int i = 0; i < n; i++) helper[i] = Math.min(0, x[i]);
      Elementary.exp(helper, scratch, helper, n);
      for (int i = 0; i < n; i++) {
        double above = isPositive(x[i]);
        out[i] = above + (1 - above) * alpha * helper[i];
      }
    }
  }

  /** x Φ(x). */
  private static final class Gelu extends SmoothFunction {
    private final double[] share = new double[CHUNK];

    Gelu() {
      super(false);
    }

    @Override
    void value(double[] x, double[] out, int n) {
      Normal.bell(x, scratch, helper, n);
      Normal.distribution(x, helper, scratch, share, n);
      for (int i = 0; i < n; i++) out[i] = bounded(x[i]) * share[i];
    }

    @Override
    void derivative(double[] x, double[] out, int n) {
      for (int i = 0; i < n; i++) {
        out[i] = share[i] + bounded(x[i]) * Normal.density(helper[i]);
      }
    }
  }

  /** x σ(u), where u = 2√(2/π)(x + 0.044715 x³). */
  private static final class GeluTanh extends SmoothFunction {
    private final double[] sigmoid = new double[CHUNK];

    GeluTanh() {
      super(false);
    }

    @Override
    void value(double[] x, double[] out, int n) {
      for (int i = 0; i < n; i++) {
        double far = bounded(x[i]);
        out[i] = 2 * ROOT_2_OVER_PI * (far + CUBIC * (far * far * far));
      }
      sigmoid(out, sigmoid, n);
      for (int i = 0; i < n; i++) out[i] = bounded(x[i]) * sigmoid[i];
    }

    @Override
    void derivative(double[] x, double[] out, int n) {
      for (int i = 0; i < n; i++) {
        double far = bounded(x[i]);
        double slope = 2 * ROOT_2_OVER_PI * (1 + 3 * CUBIC * (far * far));
        out[i] = sigmoid[i] + far * slope * sigmoidDerivative(helper[i]);
      }
    }
  }

  /** x σ(x). */
  private static final class Swish extends SmoothFunction {
    private final double[] sigmoid = new double[CHUNK];

    Swish() {
      super(false);
    }

    @Override
    void value(double[] x, double[] out, int n) {
      sigmoid(x, sigmoid, n);
      for (int i = 0; i < n; i++) out[i] = bounded(x[i]) * sigmoid[i];
    }

    @Override
    void derivative(double[] x, double[] out, int n) {
      for (int i = 0; i < n; i++) {
        out[i] = sigmoid[i] + bounded(x[i]) * sigmoidDerivative(helper[i]);
      }
    }
  }

  /** max(x, 0) + log(1 + e⁻|ˣ|). */
  private static final class Softplus extends SmoothFunction {
    Softplus() {
      super(true);
    }

    @Override
    void value(double[] x, double[] out, int n) {
      decay(x, n);
      Elementary.log1pOfFraction(helper, out, n);
      for (int i = 0; i < n; i++) out[i] += Math.max(0, x[i]);
    }

    @Override
    void derivative(double[] x, double[] out, int n) {
      Elementary.sigmoid(x, helper, out, n);
    }
  }

  /** Any other function; numbers beyond all floats stand for ∞, so that 0 times them is 0. */
  private static final class Formula extends SmoothFunction {
    private final ElementFunction.Evaluator evaluator;

    Formula(ElementFunction function, boolean withDerivative) {
      super(function.rises());
      evaluator = function.evaluator(withDerivative);
    }

    @Override
    void value(double[] x, double[] out, int n) {
      for (int i = 0; i < n; i++) helper[i] = bounded(x[i]);
      evaluator.value(helper, out, n);
    }

    @Override
    void derivative(double[] x, double[] out, int n) {
      evaluator.derivative(helper, out, n);
    }
  }
}
