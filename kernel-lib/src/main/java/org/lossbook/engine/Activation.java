package org.lossbook.engine;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.lossbook.Internal;
import org.lossbook.numerics.RowFunction;

/**
 * An activation function, applied to each number of a layer's output; softmax and its kin work on
 * whole rows.
 *
 * @param kind which function
 * @param alpha the negative slope of leaky relu, the α of elu; otherwise 0
 * @param function the function of {@link Kind#FORMULA}; otherwise empty
 */
public record Activation(Kind kind, float alpha, Optional<ElementFunction> function) {
  /** The activation functions; names are Keras's in upper case. */
  public enum Kind {
    LINEAR,
    RELU,
    SIGMOID,
    TANH,
    LEAKY_RELU,
    ELU,
    /** The exact form, x·Φ(x), Keras's default. */
    GELU,
    /** The tanh approximation. */
    GELU_TANH,
    /** x·sigmoid(x). */
    SWISH,
    SOFTPLUS,
    /** Over the last axis: each row sums to one. */
    SOFTMAX,
    /** The logarithm of softmax. */
    LOG_SOFTMAX,
    /** Over the last axis: the nearest distribution, which has zeros. */
    SPARSEMAX,
    /** Of the halves of the last axis, the first times the sigmoid of the second. */
    GLU,
    /** Any other elementwise function, by its formula. */
    FORMULA
  }

  /** A function that its kind and α name. */
  public Activation(Kind kind, float alpha) {
    this(kind, alpha, Optional.empty());
  }

  /** An elementwise function. */
  public static Activation of(ElementFunction function) {
    if (function == null) {
      throw new IllegalArgumentException(
          "activation expects a function but receives null: activation(\"mish\") has one.");
    }
    return new Activation(Kind.FORMULA, 0, Optional.of(function));
  }

  private static final double INFINITY = Double.POSITIVE_INFINITY;

  public static final Activation LINEAR = new Activation(Kind.LINEAR, 0);
  public static final Activation RELU = new Activation(Kind.RELU, 0);
  public static final Activation SIGMOID = new Activation(Kind.SIGMOID, 0);
  public static final Activation TANH = new Activation(Kind.TANH, 0);
  public static final Activation GELU = new Activation(Kind.GELU, 0);
  public static final Activation SWISH = new Activation(Kind.SWISH, 0);
  public static final Activation SOFTPLUS = new Activation(Kind.SOFTPLUS, 0);
  public static final Activation SOFTMAX = new Activation(Kind.SOFTMAX, 0);

  public static final Activation LOG_SOFTMAX = new Activation(Kind.LOG_SOFTMAX, 0);
  public static final Activation SPARSEMAX = new Activation(Kind.SPARSEMAX, 0);
  public static final Activation GLU = new Activation(Kind.GLU, 0);

  /** max(x, 0) + negativeSlope · min(x, 0). */
  public static Activation leakyRelu(double negativeSlope) {
    return new Activation(Kind.LEAKY_RELU, (float) negativeSlope);
  }

  /** x for x > 0, else α(eˣ − 1). */
  public static Activation elu(double alpha) {
    return new Activation(Kind.ELU, (float) alpha);
  }

  /** Keras's name: {@code relu}, {@code leaky_relu}. */
  public String kerasName() {
    return function
        .map(ElementFunction::name)
        .orElseGet(() -> kind == Kind.GELU_TANH ? "gelu" : kind.name().toLowerCase(Locale.ROOT));
  }

  /**
   * The function of whole rows, unless it is softmax, which has an operation of its own.
   *
   * @hidden
   */
  @Internal
  public Optional<RowFunction> ofRows() {
    return switch (kind) {
      case LOG_SOFTMAX -> Optional.of(RowFunction.LOG_SOFTMAX);
      case SPARSEMAX -> Optional.of(RowFunction.SPARSEMAX);
      case GLU -> Optional.of(RowFunction.GLU);
      default -> Optional.empty();
    };
  }

  /**
   * The output shape: only {@link Kind#GLU} changes it, to half of the last axis.
   *
   * @throws IllegalArgumentException where it cannot be halved
   */
  public int[] outputShape(int... shape) {
    if (kind != Kind.GLU) {
      return shape;
    }
    int last = shape.length - 1;
    if (last < 0 || shape[last] % 2 != 0) {
      throw new IllegalArgumentException(
          "glu expects an even number of channels, to halve, but receives "
              + Arrays.toString(shape).replace("[", last < 0 ? "[batch" : "[batch, ")
              + ": give the layer before it "
              + (last < 0 ? "two" : shape[last] + 1)
              + ".");
    }
    int[] halved = shape.clone();
    halved[last] /= 2;
    return halved;
  }

  /**
   * The bounds of its output.
   *
   * @param x the bounds of its input
   * @param width the length of the last axis
   */
  public Bounds bounds(Bounds x, int width) {
    Bounds.given(x);
    return switch (kind) {
      case LINEAR -> x;
      case RELU -> x.low() >= 0 ? x : x.through(v -> Math.max(v, 0));
      case SIGMOID -> x.through(v -> 1 / (1 + Math.exp(-v)));
      case TANH -> x.through(Math::tanh);
      case SOFTPLUS -> x.through(v -> Math.max(v, 0) + Math.log1p(Math.exp(-Math.abs(v))));
      case LEAKY_RELU -> x.low() >= 0 ? x : bent(x, alpha == 0 ? 0 : alpha * x.low());
      case ELU -> x.low() >= 0 ? x : bent(x, alpha * Math.expm1(x.low()));
      case GELU, GELU_TANH -> dipping(x, -0.1701); // the minimum: -0.16997, -0.17004
      case SWISH -> dipping(x, -0.2785); // -0.27846
      case SOFTMAX, SPARSEMAX -> Bounds.distribution(width);
      case LOG_SOFTMAX ->
          width == 1
              ? Bounds.between(0, 0)
              : Bounds.between(x.areFinite() ? x.low() - x.high() - Math.log(width) : -INFINITY, 0);
      case GLU -> x.scaledOrZero(1);
      case FORMULA -> function.orElseThrow().bounds(x);
    };
  }

  /** The bounds of a function that is x above 0, and below goes to {@code end} monotonically. */
  private static Bounds bent(Bounds x, double end) {
    return Bounds.between(Math.min(end, 0), Math.max(Math.max(end, 0), x.high()));
  }

  /** The bounds of a function with one minimum below 0 that approaches x above it. */
  private static Bounds dipping(Bounds x, double dip) {
    return Bounds.between(x.low() >= 0 ? 0 : dip, Math.max(x.high(), 0));
  }
}
