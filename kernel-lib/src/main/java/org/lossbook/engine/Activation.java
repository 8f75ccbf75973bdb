package org.lossbook.engine;

import java.util.Locale;

/**
 * A function applied to each number of a layer's output; softmax alone works on whole rows.
 *
 * @param kind which one
 * @param alpha the negative slope of leaky relu, the α of elu; 0 where there is none
 */
public record Activation(Kind kind, float alpha) {
  /** The functions, by Keras's names in upper case. */
  public enum Kind {
    LINEAR,
    RELU,
    SIGMOID,
    TANH,
    LEAKY_RELU,
    ELU,
    /** The exact form, x·Φ(x), as Keras's default. */
    GELU,
    /** The tanh approximation. */
    GELU_TANH,
    /** x·sigmoid(x). */
    SWISH,
    SOFTPLUS,
    /** Over the last axis: each row sums to one. */
    SOFTMAX
  }

  public static final Activation LINEAR = new Activation(Kind.LINEAR, 0);
  public static final Activation RELU = new Activation(Kind.RELU, 0);
  public static final Activation SIGMOID = new Activation(Kind.SIGMOID, 0);
  public static final Activation TANH = new Activation(Kind.TANH, 0);
  public static final Activation GELU = new Activation(Kind.GELU, 0);
  public static final Activation SWISH = new Activation(Kind.SWISH, 0);
  public static final Activation SOFTPLUS = new Activation(Kind.SOFTPLUS, 0);
  public static final Activation SOFTMAX = new Activation(Kind.SOFTMAX, 0);

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
    return kind == Kind.GELU_TANH ? "gelu" : kind.name().toLowerCase(Locale.ROOT);
  }
}
