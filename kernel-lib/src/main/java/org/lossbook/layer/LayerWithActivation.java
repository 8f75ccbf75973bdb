package org.lossbook.layer;

import java.util.List;
import org.lossbook.engine.Activation;
import org.lossbook.engine.Bounds;
import org.lossbook.engine.Shapes;

/**
 * A layer that ends in an activation function: {@code dense(64).relu()}. Without one it is linear.
 *
 * @param <L> the layer itself, so that chained calls keep its type
 */
public abstract class LayerWithActivation<L extends LayerWithActivation<L>> extends BaseLayer<L> {
  private Activation activation;

  protected LayerWithActivation() {
    this(Activation.LINEAR);
  }

  protected LayerWithActivation(Activation activation) {
    this.activation = activation;
  }

  @Override
  public Activation activation() {
    return activation;
  }

  @Override
  protected Bounds boundsOf(List<Bounds> inputs, List<int[]> inputShapes) {
    int[] shape = outputShape(inputShapes);
    return activation.bounds(beforeFunction(inputs), Shapes.last(shape));
  }

  /** The bounds of the activation function's inputs; none by default, as they depend on weights. */
  protected Bounds beforeFunction(List<Bounds> inputs) {
    return Bounds.NONE;
  }

  /** With the activation function of that name in Keras: {@code activation("relu")}. */
  public L activation(String name) {
    return with(Activations.named(name));
  }

  /** ReLU: max(x, 0). */
  public L relu() {
    return with(Activation.RELU);
  }

  /** Sigmoid: 1 / (1 + e⁻ˣ), a probability. */
  public L sigmoid() {
    return with(Activation.SIGMOID);
  }

  /** Softmax: eˣ / Σ eˣ over the outputs, a distribution. */
  public L softmax() {
    return with(Activation.SOFTMAX);
  }

  /** Hyperbolic tangent. */
  public L tanh() {
    return with(Activation.TANH);
  }

  /** Leaky ReLU: max(x, 0) + 0.2 · min(x, 0), with the slope of Keras's function. */
  public L leakyRelu() {
    return leakyRelu(0.2);
  }

  /** Leaky ReLU: max(x, 0) + negativeSlope · min(x, 0). */
  public L leakyRelu(double negativeSlope) {
    return with(Activation.leakyRelu(negativeSlope));
  }

  /** ELU, the exponential linear unit: x for x > 0, else eˣ − 1. */
  public L elu() {
    return elu(1);
  }

  /** ELU, the exponential linear unit: x for x > 0, else α(eˣ − 1). */
  public L elu(double alpha) {
    return with(Activation.elu(alpha));
  }

  /** GELU, the Gaussian error linear unit: x · Φ(x), Φ the normal distribution function. */
  public L gelu() {
    return with(Activation.GELU);
  }

  /** Swish, also called SiLU: x / (1 + e⁻ˣ). */
  public L swish() {
    return with(Activation.SWISH);
  }

  /** Softplus: log(1 + eˣ). */
  public L softplus() {
    return with(Activation.SOFTPLUS);
  }

  /** Without an activation function. */
  @Override
  public L linear() {
    return with(Activation.LINEAR);
  }

  /** With this activation function. */
  protected final L with(Activation activation) {
    return with(copy -> set(copy, activation));
  }

  private static void set(LayerWithActivation<?> layer, Activation activation) {
    layer.activation = activation;
  }
}
