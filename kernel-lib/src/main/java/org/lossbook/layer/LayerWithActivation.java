package org.lossbook.layer;

import java.util.List;
import org.lossbook.engine.Activation;
import org.lossbook.engine.Bounds;
import org.lossbook.engine.Shapes;

/**
 * A layer with a function at its end: {@code dense(64).relu()}. Without one it is linear.
 *
 * @param <L> the layer itself, so that chained calls keep its type
 */
public abstract class LayerWithActivation<L extends LayerWithActivation<L>> extends BaseLayer<L> {
  private Activation activation;

  LayerWithActivation() {
    this(Activation.LINEAR);
  }

  LayerWithActivation(Activation activation) {
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

  /** What is known of the numbers that the function is given: nothing, as weights make them. */
  Bounds beforeFunction(List<Bounds> inputs) {
    return Bounds.NONE;
  }

  /** With this function at its end, by Keras's name: {@code activation("relu")}. */
  public L activation(String name) {
    return with(Activations.named(name));
  }

  /** max(x, 0). */
  public L relu() {
    return with(Activation.RELU);
  }

  /** 1 / (1 + e⁻ˣ), a probability. */
  public L sigmoid() {
    return with(Activation.SIGMOID);
  }

  /** eˣ / Σ eˣ over the outputs, a distribution. */
  public L softmax() {
    return with(Activation.SOFTMAX);
  }

  /** The hyperbolic tangent. */
  public L tanh() {
    return with(Activation.TANH);
  }

  /** max(x, 0) + 0.2 · min(x, 0); the slope is that of Keras's function. */
  public L leakyRelu() {
    return leakyRelu(0.2);
  }

  /** max(x, 0) + negativeSlope · min(x, 0). */
  public L leakyRelu(double negativeSlope) {
    return with(Activation.leakyRelu(negativeSlope));
  }

  /** x for x > 0, else eˣ − 1. */
  public L elu() {
    return elu(1);
  }

  /** x for x > 0, else α(eˣ − 1). */
  public L elu(double alpha) {
    return with(Activation.elu(alpha));
  }

  /** x · Φ(x), Φ the normal distribution. */
  public L gelu() {
    return with(Activation.GELU);
  }

  /** x / (1 + e⁻ˣ). */
  public L swish() {
    return with(Activation.SWISH);
  }

  /** log(1 + eˣ). */
  public L softplus() {
    return with(Activation.SOFTPLUS);
  }

  /** Without a function at its end. */
  @Override
  public L linear() {
    return with(Activation.LINEAR);
  }

  /** With this function at its end. */
  final L with(Activation activation) {
    return with(copy -> set(copy, activation));
  }

  private static void set(LayerWithActivation<?> layer, Activation activation) {
    layer.activation = activation;
  }
}
