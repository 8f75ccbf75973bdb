package org.lossbook.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import org.lossbook.base.Messages;
import org.lossbook.config.Require;
import org.lossbook.data.Values;
import org.lossbook.engine.Shapes;
import org.lossbook.layer.core.Dense;
import org.lossbook.loss.Loss;
import org.lossbook.loss.TrainingLoss;
import org.lossbook.loss.evaluate.BatchLoss;
import org.lossbook.model.Model;
import org.lossbook.model.ModelState;
import org.lossbook.network.Network;
import org.lossbook.network.samples.BatchSamples;
import org.lossbook.notebook.Renderable;
import org.lossbook.plot.Figure;
import org.lossbook.plot.explorer.NetworkExplorer;
import org.lossbook.training.Columns;
import org.lossbook.training.CompiledModel;
import org.lossbook.training.DataChecks;
import org.lossbook.training.OutputHead;
import org.lossbook.training.OutputStep;

/**
 * Backpropagation step by step: one forward and one backward pass through a small network, with
 * each layer's values, its gradients by the chain rule, and all numbers written out.
 *
 * <pre>{@code
 * backprop(model, x, y)                             // the steps, as formulas
 * backprop(model, x, y).gradient("dense/kernel")    // as model.gradient(…) has it after backward()
 * backprop(model, x, y).plot()                      // the network: values forward, gradients back
 * backprop(model, x, y).explore()                   // the same with weights to move
 * }</pre>
 *
 * <p>A row is a sample. Forward, Z = A W + b and A = φ(Z), layer by layer. Back, Δ = ∂L/∂Z: for the
 * last layer from the loss, for each before it Δ = (Δ' W'ᵀ) ⊙ φ'(Z), where a prime marks the next
 * layer. With it ∂L/∂W = Aᵀ Δ, where A is the layer's input, and ∂L/∂b is the sum of Δ over the
 * samples.
 *
 * <p>A sequence has a row for each step. A recurrent layer is unrolled: a table has its gates and
 * states at each step, X₁ to X_T, and one their gradients, which go back from the last step to the
 * first; the gradient of a weight is the sum over the steps. The picture stands the steps side by
 * side. {@code embedding}, {@code positionEmbedding}, {@code multiHeadAttention}, {@code
 * globalAveragePooling1d} and {@code flatten} are written out too, and a dense layer at each step.
 *
 * <p>Everything is computed in double precision, independently of the engine. Rumelhart, Hinton and
 * Williams 1986, Learning representations by back-propagating errors.
 */
public final class Backprop implements Renderable {
  private final List<Pass> passes;
  private final Loss loss;
  private final double value;
  private final List<double[][]> gradients;
  private final double[][] start;
  private final int samples;
  private final double[] targets;

  /**
   * @param gradients with respect to the input, then to what each layer gives; the last one is that
   *     of the loss, with respect to logits if fused
   * @param start the input
   * @param targets flat
   */
  private Backprop(
      List<Pass> passes,
      List<double[][]> gradients,
      Loss loss,
      double value,
      double[][] start,
      int samples,
      double[] targets) {
    this.passes = List.copyOf(passes);
    this.gradients = List.copyOf(gradients);
    this.loss = loss;
    this.value = value;
    this.start = start;
    this.samples = samples;
    this.targets = targets;
  }

  /**
   * Backpropagates the loss of these samples.
   *
   * @param x one to four samples, one per row
   * @param y their targets
   * @throws IllegalArgumentException if the network is not a chain of these layers with at most
   *     eight units, or there are too many samples or steps, or they do not fit
   */
  public static Backprop backprop(Model model, Object x, Object y) {
    return ModelState.of("backprop", model).undisturbed("backprop", compiled -> of(compiled, x, y));
  }

  private static Backprop of(CompiledModel model, Object givenX, Object givenY) {
    BatchSamples x = BatchSamples.of("backprop", model.network(), givenX);
    BatchSamples y = BatchSamples.of("backprop", "y", givenY);
    CompiledModel compiled = model.sizedFor("backprop", x.rowShapes());
    var checks = new DataChecks(compiled);
    checks.batch("backprop", x, y);
    BackpropChecks.check(compiled, x.rows());
    OutputHead head = compiled.singleOutput("backprop");
    int rows = x.rows();
    var samples = Columns.of(rows, compiled.network().inputShapes());
    var targets = new Columns(rows, compiled.targets());
    x.copy(samples.rows());
    y.copy(targets.rows());
    checks.targets(targets, rows);
    List<Pass> forward = new ArrayList<>();
    int[] first = compiled.network().inputShapes().get(0);
    int steps = first.length > 1 ? first[0] : 1;
    double[][] start = Matrix.rows(OutputStep.doubles(samples.rows()), rows * steps);
    double[][] value = start;
    for (Network.Node node : compiled.network().nodes()) {
      Pass pass = forward(compiled, node, value, rows);
      forward.add(pass);
      value = pass.out();
    }
    boolean fused = head.outputLoss().isFused();
    double[][] last = fused ? ((DensePass) forward.get(forward.size() - 1)).z() : value;
    double[] flat = Arrays.stream(last).flatMapToDouble(Arrays::stream).toArray();
    double[] gradient = new double[flat.length];
    Loss loss = head.outputLoss().trainingLoss();
    loss = head.weight() == 1 ? loss : loss.times(head.weight());
    BatchLoss batch = new TrainingLoss(loss).bind(head.output().shape());
    head.settings().apply(batch);
    double[] truth = OutputStep.doubles(targets.rows());
    double number = batch.run(truth, flat, null, rows * head.positions(), gradient);
    double[][] lossGradient = Matrix.rows(gradient, last.length);
    return backward(forward, loss, number, lossGradient, fused, start, rows, truth);
  }

  private static Backprop backward(
      List<Pass> forward,
      Loss loss,
      double value,
      double[][] lossGradient,
      boolean fused,
      double[][] start,
      int samples,
      double[] targets) {
    LinkedList<Pass> passes = new LinkedList<>();
    LinkedList<double[][]> gradients = new LinkedList<>();
    gradients.addFirst(lossGradient);
    for (int i = forward.size() - 1; i >= 0; i--) {
      double[][] gradient = gradients.getFirst();
      if (forward.get(i) instanceof SequencePass sequence) {
        passes.addFirst(sequence);
        gradients.addFirst(sequence.backward(gradient));
      } else {
        boolean atOnce = fused && i == forward.size() - 1;
        DensePass pass = ((DensePass) forward.get(i)).backward(gradient, atOnce);
        passes.addFirst(pass);
        gradients.addFirst(pass.byInput());
      }
    }
    return new Backprop(passes, gradients, loss, value, start, samples, targets);
  }

  private static Pass forward(
      CompiledModel compiled, Network.Node node, double[][] in, int samples) {
    if (SequencePasses.isPossible(node.layer())) {
      return new SequencePasses(
              node, parameter -> compiled.weights(parameter.name()).toDoubles(), in, samples)
          .forward();
    }
    double[][] kernel = {};
    double[] bias = {};
    if (node.layer() instanceof Dense) {
      kernel = parameter(compiled, node.name() + "/kernel", Shapes.last(node.inputShapes().get(0)));
      boolean biased = node.parameters().size() > 1;
      bias = biased ? parameter(compiled, node.name() + "/bias", 1)[0] : bias;
    }
    return DensePass.forward(node.name(), node.layer().activation(), in, kernel, bias);
  }

  private static double[][] parameter(CompiledModel compiled, String name, int rows) {
    return Matrix.rows(compiled.weights(name).toDoubles(), rows);
  }

  List<Pass> passes() {
    return passes;
  }

  /** The loss that was backpropagated: on logits, if the last activation is fused with it. */
  Loss loss() {
    return loss;
  }

  /**
   * The gradient of the loss with respect to its input: the predictions, or the logits if fused.
   */
  double[][] lossGradient() {
    return gradients.get(passes.size());
  }

  /** The gradient with respect to what pass {@code i} reads. */
  double[][] byInput(int i) {
    return gradients.get(i);
  }

  /** The input. */
  double[][] start() {
    return start;
  }

  int samples() {
    return samples;
  }

  /** The loss on these samples. */
  public double value() {
    return value;
  }

  /**
   * The gradient of the loss with respect to a parameter.
   *
   * @param name its full name, {@code dense/kernel}
   * @throws IllegalArgumentException if there is none; the message lists them
   */
  public Values gradient(String name) {
    Require.given(name, "gradient", "a parameter's name", "dense/kernel is one");
    Map<String, Values> all = new LinkedHashMap<>();
    passes.forEach(pass -> all.putAll(pass.gradients()));
    if (all.containsKey(name)) {
      return all.get(name);
    }
    throw Messages.wrong(
        "gradient expects a parameter's name but receives %s: there are %s.",
        name, List.copyOf(all.keySet()));
  }

  /**
   * The network as a diagram, with the first sample's values and their gradients; of sequences with
   * their steps side by side.
   */
  public Figure plot() {
    return BackpropPicture.of(this);
  }

  /**
   * The network to play with: choose a weight, a bias or an input and move it; the values forward,
   * the slopes backward and the loss follow, also in a saved notebook and without a kernel.
   *
   * <pre>{@code
   * backprop(model, x, y).explore()
   * }</pre>
   *
   * @throws IllegalArgumentException if the network has a layer of sequences, or its loss is no
   *     fixed formula
   */
  public NetworkExplorer explore() {
    return BackpropExploration.of(this, targets);
  }

  /** The steps in Markdown, with formulas. */
  @Override
  public Map<String, String> mimeBundle() {
    return Map.of("text/markdown", new BackpropSteps(this, true).written());
  }

  /** The steps as text. */
  @Override
  public String toString() {
    return new BackpropSteps(this, false).written();
  }
}
