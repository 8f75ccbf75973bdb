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

  /**
   * ReLU: max(x, 0).
   *
   * @question How can a network bend with the least effort?
   * @use Between layers: a good first choice.
   * @avoid As the last layer of a regression that can be negative.
   * @source Nair and Hinton 2010, <i>Rectified linear units improve restricted Boltzmann
   *     machines</i>.
   */
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

  /**
   * Sigmoid: 1 / (1 + e⁻ˣ), a probability.
   *
   * @question How does a score become a probability of yes?
   * @use At the end of a yes/no classifier, and in gates.
   * @avoid Between many layers: its slope vanishes far from 0.
   * @source Verhulst 1838; Cox 1958, <i>The regression analysis of binary sequences</i>.
   */
  public L sigmoid() {
    return with(Activation.SIGMOID);
  }

  /**
   * Softmax: eˣ / Σ eˣ over the outputs, a distribution.
   *
   * @question How do scores become probabilities that sum to one?
   * @use At the end of a classifier with classes that exclude each other.
   * @avoid When a sample may have several classes: use sigmoid.
   * @source Bridle 1990, <i>Probabilistic interpretation of feedforward classification network
   *     outputs</i>.
   */
  public L softmax() {
    return with(Activation.SOFTMAX);
  }

  /**
   * The logarithm of softmax: xᵢ − log Σ eˣ, exact where softmax rounds to 0.
   *
   * @question What are the logarithms of the probabilities, without rounding?
   * @use Before a loss that takes logarithms of probabilities.
   * @avoid When probabilities are needed: use softmax.
   * @source Bridle 1990, <i>Probabilistic interpretation of feedforward classification network
   *     outputs</i>.
   */
  public L logSoftmax() {
    return with(Activation.LOG_SOFTMAX);
  }

  /**
   * Sparsemax: the distribution nearest to the outputs, with zeros (Martins and Astudillo 2016).
   * Keras 3.15's own differs where two outputs or more are not 0: there it does not sum to one.
   *
   * @question Which classes deserve any probability at all?
   * @use For attention or classes where most should be exactly 0.
   * @avoid Before a cross-entropy: a true class at 0 costs without bound.
   */
  public L sparsemax() {
    return with(Activation.SPARSEMAX);
  }

  /**
   * GLU, the gated linear unit: the first half of the outputs times the sigmoid of the second
   * (Dauphin et al. 2017). The output is half as wide.
   *
   * @question Which half of the numbers lets the other pass?
   * @use In convolutional language models and transformers.
   * @avoid When the width must stay: it halves it.
   */
  public L glu() {
    return with(Activation.GLU);
  }

  /**
   * Hyperbolic tangent.
   *
   * @question How are numbers kept between −1 and 1?
   * @use In recurrent networks and for outputs around 0.
   * @avoid Between many layers: its slope vanishes far from 0.
   * @source LeCun et al. 1998, <i>Efficient backprop</i>.
   */
  public L tanh() {
    return with(Activation.TANH);
  }

  /**
   * Leaky ReLU: max(x, 0) + 0.2 · min(x, 0), with the slope of Keras's function.
   *
   * @question How can a ReLU keep learning below zero?
   * @use Where many ReLUs die, as in discriminators.
   * @avoid When exact zeros are wanted.
   * @source Maas, Hannun and Ng 2013, <i>Rectifier nonlinearities improve neural network acoustic
   *     models</i>.
   */
  public L leakyRelu() {
    return leakyRelu(0.2);
  }

  /** Leaky ReLU: max(x, 0) + negativeSlope · min(x, 0). */
  public L leakyRelu(double negativeSlope) {
    return with(Activation.leakyRelu(negativeSlope));
  }

  /**
   * ELU, the exponential linear unit: x for x > 0, else eˣ − 1.
   *
   * @question How can a ReLU be smooth and centered?
   * @use In deep networks without normalization.
   * @avoid When speed matters: it takes an exponential.
   * @source Clevert, Unterthiner and Hochreiter 2015, <i>Fast and accurate deep network learning by
   *     exponential linear units</i>.
   */
  public L elu() {
    return elu(1);
  }

  /** ELU, the exponential linear unit: x for x > 0, else α(eˣ − 1). */
  public L elu(double alpha) {
    return with(Activation.elu(alpha));
  }

  /**
   * GELU, the Gaussian error linear unit: x · Φ(x), Φ the normal distribution function.
   *
   * @question How much of x remains when it is kept by chance?
   * @use In transformers.
   * @avoid When speed matters most: relu is cheaper.
   * @source Hendrycks and Gimpel 2016, <i>Gaussian error linear units</i>.
   */
  public L gelu() {
    return with(Activation.GELU);
  }

  /**
   * Swish, also called SiLU: x / (1 + e⁻ˣ).
   *
   * @question What if x decided smoothly how much of itself to pass?
   * @use In deep image networks such as EfficientNet.
   * @avoid When speed matters most: relu is cheaper.
   * @source Ramachandran, Zoph and Le 2017, <i>Searching for activation functions</i>.
   */
  public L swish() {
    return with(Activation.SWISH);
  }

  /**
   * Softplus: log(1 + eˣ).
   *
   * @question How are numbers made positive smoothly?
   * @use For outputs that must be above 0, such as rates and variances.
   * @avoid Between layers: relu is cheaper and does as well.
   * @source Dugas et al. 2001, <i>Incorporating second-order functional knowledge for better option
   *     pricing</i>.
   */
  public L softplus() {
    return with(Activation.SOFTPLUS);
  }

  /** CELU: x for x > 0, else α(e^(x/α) − 1), smooth for every α (Barron 2017). */
  public L celu(double alpha) {
    return with(KerasFunctions.celu(alpha));
  }

  /**
   * CELU with α = 1, which is ELU.
   *
   * @question How can an ELU be smooth for every α?
   * @use Where α is tuned and the slope must not jump.
   * @avoid With α = 1, where it is ELU.
   */
  public L celu() {
    return celu(1);
  }

  /**
   * The exponential function: eˣ, above 0.
   *
   * @question How are numbers made positive, by factors?
   * @use For rates and other outputs that change by factors.
   * @avoid Between layers: it explodes.
   * @source Euler 1748, <i>Introductio in analysin infinitorum</i>.
   */
  public L exponential() {
    return activation("exponential");
  }

  /**
   * Hard shrink: x where |x| > 0.5, else 0.
   *
   * @question Which numbers are large enough to count?
   * @use For denoising and sparse codes.
   * @avoid Where small numbers must keep learning: their slope is 0.
   * @source Donoho and Johnstone 1994, <i>Ideal spatial adaptation by wavelet shrinkage</i>.
   */
  public L hardShrink() {
    return hardShrink(0.5);
  }

  /** Hard shrink: x where |x| > threshold, else 0. */
  public L hardShrink(double threshold) {
    return with(KerasFunctions.hardShrink(threshold));
  }

  /**
   * Hard sigmoid: (x + 3)/6 clipped to [0, 1].
   *
   * @question How can a sigmoid do without an exponential?
   * @use In gates on small devices.
   * @avoid When probabilities must never be exactly 0 or 1.
   * @source Courbariaux, Bengio and David 2015, <i>BinaryConnect</i>.
   */
  public L hardSigmoid() {
    return activation("hard_sigmoid");
  }

  /**
   * Hard SiLU, also called hard swish: x times {@link #hardSigmoid()} (Howard et al. 2019).
   *
   * @question How can swish do without an exponential?
   * @use In small image networks such as MobileNetV3.
   * @avoid When exact smoothness matters.
   */
  public L hardSilu() {
    return activation("hard_silu");
  }

  /**
   * Hard tanh: x clipped to [−1, 1].
   *
   * @question How are numbers kept between −1 and 1 at the least cost?
   * @use In recurrent networks on small devices.
   * @avoid Where numbers beyond must keep learning: their slope is 0.
   * @source Collobert 2004, <i>Large scale machine learning</i>.
   */
  public L hardTanh() {
    return activation("hard_tanh");
  }

  /**
   * The logarithm of the sigmoid: −log(1 + e⁻ˣ).
   *
   * @question What is the logarithm of the probability of yes?
   * @use Inside losses from logits.
   * @avoid Between layers: it is never above 0.
   * @source Cox 1958, <i>The regression analysis of binary sequences</i>.
   */
  public L logSigmoid() {
    return activation("log_sigmoid");
  }

  /**
   * Mish: x · tanh(log(1 + eˣ)), smooth and not monotonic (Misra 2019).
   *
   * @question What if swish were a little smoother?
   * @use In deep image networks such as YOLOv4.
   * @avoid When speed matters: it takes several exponentials.
   */
  public L mish() {
    return activation("mish");
  }

  /**
   * ReLU6: x clipped to [0, 6].
   *
   * @question How can a ReLU suit small numbers of few bits?
   * @use In networks for phones, such as MobileNet.
   * @avoid With full precision, where relu has no ceiling to hit.
   * @source Krizhevsky 2010, <i>Convolutional deep belief networks on CIFAR-10</i>.
   */
  public L relu6() {
    return activation("relu6");
  }

  /**
   * SELU, a scaled ELU: from layer to layer it keeps mean 0 and variance 1 of its inputs, with
   * weights from {@code lecunNormal()} (Klambauer et al. 2017).
   *
   * @question Can a network keep its own scale without normalization?
   * @use In plain dense networks, with {@code lecunNormal()} weights.
   * @avoid With batch normalization or dropout: they disturb its scale.
   * @source Klambauer et al. 2017, <i>Self-normalizing neural networks</i>.
   */
  public L selu() {
    return activation("selu");
  }

  /**
   * Soft shrink: moves x by 0.5 towards 0, and to 0 where it is nearer.
   *
   * @question How are small numbers removed and large ones shrunk?
   * @use For denoising and sparse codes.
   * @avoid Where small numbers must keep learning: their slope is 0.
   * @source Donoho 1995, <i>De-noising by soft-thresholding</i>.
   */
  public L softShrink() {
    return softShrink(0.5);
  }

  /** Soft shrink: moves x by threshold towards 0, and to 0 where it is nearer. */
  public L softShrink(double threshold) {
    return with(KerasFunctions.softShrink(threshold));
  }

  /**
   * Softsign: x / (1 + |x|), between −1 and 1.
   *
   * @question How does tanh look without an exponential?
   * @use For outputs between −1 and 1 that should saturate slowly.
   * @avoid Between many layers: its slope vanishes far from 0.
   * @source Turian, Bergstra and Bengio 2009, <i>Quadratic features and deep architectures for
   *     chunking</i>.
   */
  public L softsign() {
    return activation("softsign");
  }

  /**
   * Sparse plus: 0 up to −1, x from 1 on, (x + 1)²/4 between.
   *
   * @question How can softplus be exactly 0 below −1?
   * @use With sparsemax and other sparse outputs.
   * @avoid Where numbers below −1 must keep learning: their slope is 0.
   * @source Blondel et al. 2019, <i>Learning with Fenchel-Young losses</i>.
   */
  public L sparsePlus() {
    return activation("sparse_plus");
  }

  /**
   * Sparse sigmoid: (x + 1)/2 clipped to [0, 1] (Blondel et al. 2019).
   *
   * @question How can a probability be exactly 0 or 1?
   * @use For sparse yes/no outputs.
   * @avoid Before a cross-entropy: an answer at 0 costs without bound.
   * @source Blondel et al. 2019, <i>Learning with Fenchel-Young losses</i>.
   */
  public L sparseSigmoid() {
    return activation("sparse_sigmoid");
  }

  /**
   * Squareplus: (x + √(x² + 4))/2, which resembles softplus without an exponential.
   *
   * @question How can softplus do without an exponential?
   * @use On hardware where exponentials are slow.
   * @avoid When speed does not matter: softplus is better known.
   * @source Barron 2021, <i>Squareplus: a softplus-like algebraic rectifier</i>.
   */
  public L squareplus() {
    return squareplus(4);
  }

  /** Squareplus: (x + √(x² + b))/2. */
  public L squareplus(double b) {
    return with(KerasFunctions.squareplus(b));
  }

  /**
   * Tanh shrink: x − tanh(x).
   *
   * @question What is left of x when tanh is taken off?
   * @use For sparse codes with a smooth threshold.
   * @avoid Between layers: it is nearly flat around 0.
   * @source Paszke et al. 2019, <i>PyTorch: an imperative style, high-performance deep learning
   *     library</i>.
   */
  public L tanhShrink() {
    return activation("tanh_shrink");
  }

  /** Threshold: x where x > threshold, else the given value. */
  public L threshold(double threshold, double otherwise) {
    return with(KerasFunctions.threshold(threshold, otherwise));
  }

  /**
   * Without an activation function.
   *
   * @question What if nothing bends?
   * @use As the last layer of a regression, and before losses from logits.
   * @avoid Between layers: two linear layers are one.
   * @source Legendre 1805, <i>Nouvelles méthodes pour la détermination des orbites des comètes</i>.
   */
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
