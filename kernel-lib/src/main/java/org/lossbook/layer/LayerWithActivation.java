package org.lossbook.layer;

import java.util.List;
import java.util.function.UnaryOperator;
import org.lossbook.engine.Activation;
import org.lossbook.engine.Bounds;
import org.lossbook.engine.Shapes;
import org.lossbook.formula.Expr;
import org.lossbook.layer.function.ElementFormula;
import org.lossbook.layer.function.KerasFunctions;

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
  protected int[] ended(int... shape) {
    return activation.outputShape(shape);
  }

  @Override
  protected Bounds boundsOf(List<Bounds> inputs, List<int[]> inputShapes) {
    int[] shape = outputShape(inputShapes);
    return activation.bounds(beforeFunction(inputs), Shapes.last(shape));
  }

  /** The activation function that is set, also in a layer that does not end in it. */
  protected final Activation ownActivation() {
    return activation;
  }

  /** The bounds of the activation function's inputs; none by default, as they depend on weights. */
  protected Bounds beforeFunction(List<Bounds> inputs) {
    return Bounds.NONE;
  }

  /** With the activation function of that name in Keras: {@code activation("relu")}. */
  public L activation(String name) {
    return with(Activations.named(name));
  }

  /**
   * With an activation function of your own, a formula of x: {@code activation("mish", x ->
   * x.times(x.softplus().tanh()))}. A file keeps it as data.
   */
  public L activation(String name, UnaryOperator<Expr> formula) {
    return with(Activation.of(ElementFormula.of(name, formula)));
  }

  /** ReLU: max(x, 0). */
  public L relu() {
    return with(Activation.RELU);
  }

  /**
   * Keras's general ReLU: x above the threshold, at most {@code maxValue}; below the threshold
   * negativeSlope · (x − threshold).
   *
   * @param maxValue {@code Double.POSITIVE_INFINITY} for none
   */
  public L relu(double maxValue, double negativeSlope, double threshold) {
    return with(KerasFunctions.relu(maxValue, negativeSlope, threshold));
  }

  /** Sigmoid: 1 / (1 + e⁻ˣ), a probability. */
  public L sigmoid() {
    return with(Activation.SIGMOID);
  }

  /** Softmax: eˣ / Σ eˣ over the outputs, a distribution. */
  public L softmax() {
    return with(Activation.SOFTMAX);
  }

  /** The logarithm of softmax: xᵢ − log Σ eˣ, exact where softmax rounds to 0. */
  public L logSoftmax() {
    return with(Activation.LOG_SOFTMAX);
  }

  /**
   * Sparsemax: the distribution nearest to the outputs, with zeros (Martins and Astudillo 2016).
   * Keras 3.15's own differs where two outputs or more are not 0: there it does not sum to one.
   */
  public L sparsemax() {
    return with(Activation.SPARSEMAX);
  }

  /**
   * GLU, the gated linear unit: the first half of the outputs times the sigmoid of the second
   * (Dauphin et al. 2017). The output is half as wide.
   */
  public L glu() {
    return with(Activation.GLU);
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

  /** CELU: x for x > 0, else α(e^(x/α) − 1), smooth for every α (Barron 2017). */
  public L celu(double alpha) {
    return with(KerasFunctions.celu(alpha));
  }

  /** CELU with α = 1, which is ELU. */
  public L celu() {
    return celu(1);
  }

  /** The exponential function: eˣ, above 0. */
  public L exponential() {
    return activation("exponential");
  }

  /** Hard shrink: x where |x| > 0.5, else 0. */
  public L hardShrink() {
    return hardShrink(0.5);
  }

  /** Hard shrink: x where |x| > threshold, else 0. */
  public L hardShrink(double threshold) {
    return with(KerasFunctions.hardShrink(threshold));
  }

  /** Hard sigmoid: (x + 3)/6 clipped to [0, 1]. */
  public L hardSigmoid() {
    return activation("hard_sigmoid");
  }

  /** Hard SiLU, also called hard swish: x times {@link #hardSigmoid()} (Howard et al. 2019). */
  public L hardSilu() {
    return activation("hard_silu");
  }

  /** Hard tanh: x clipped to [−1, 1]. */
  public L hardTanh() {
    return activation("hard_tanh");
  }

  /** The logarithm of the sigmoid: −log(1 + e⁻ˣ). */
  public L logSigmoid() {
    return activation("log_sigmoid");
  }

  /** Mish: x · tanh(log(1 + eˣ)), smooth and not monotonic (Misra 2019). */
  public L mish() {
    return activation("mish");
  }

  /** ReLU6: x clipped to [0, 6]. */
  public L relu6() {
    return activation("relu6");
  }

  /**
   * SELU, a scaled ELU: from layer to layer it keeps mean 0 and variance 1 of its inputs, with
   * weights from {@code lecunNormal()} (Klambauer et al. 2017).
   */
  public L selu() {
    return activation("selu");
  }

  /** Soft shrink: moves x by 0.5 towards 0, and to 0 where it is nearer. */
  public L softShrink() {
    return softShrink(0.5);
  }

  /** Soft shrink: moves x by threshold towards 0, and to 0 where it is nearer. */
  public L softShrink(double threshold) {
    return with(KerasFunctions.softShrink(threshold));
  }

  /** Softsign: x / (1 + |x|), between −1 and 1. */
  public L softsign() {
    return activation("softsign");
  }

  /** Sparse plus: 0 up to −1, x from 1 on, (x + 1)²/4 between. */
  public L sparsePlus() {
    return activation("sparse_plus");
  }

  /** Sparse sigmoid: (x + 1)/2 clipped to [0, 1] (Blondel et al. 2019). */
  public L sparseSigmoid() {
    return activation("sparse_sigmoid");
  }

  /** Squareplus: (x + √(x² + 4))/2, which resembles softplus without an exponential. */
  public L squareplus() {
    return squareplus(4);
  }

  /** Squareplus: (x + √(x² + b))/2. */
  public L squareplus(double b) {
    return with(KerasFunctions.squareplus(b));
  }

  /** Tanh shrink: x − tanh(x). */
  public L tanhShrink() {
    return activation("tanh_shrink");
  }

  /** Threshold: x where x > threshold, else the given value. */
  public L threshold(double threshold, double otherwise) {
    return with(KerasFunctions.threshold(threshold, otherwise));
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
