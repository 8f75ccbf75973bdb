package org.lossbook.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.lossbook.base.Messages;
import org.lossbook.config.Require;
import org.lossbook.data.Values;
import org.lossbook.engine.Activation;
import org.lossbook.engine.Shapes;
import org.lossbook.layer.activation.ActivationLayer;
import org.lossbook.layer.core.Dense;
import org.lossbook.loss.Loss;
import org.lossbook.loss.TrainingLoss;
import org.lossbook.loss.evaluate.BatchLoss;
import org.lossbook.model.Model;
import org.lossbook.model.ModelState;
import org.lossbook.network.Network;
import org.lossbook.notebook.Renderable;
import org.lossbook.plot.Figure;
import org.lossbook.plot.NetworkDrawing;
import org.lossbook.training.BatchSamples;
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
 * }</pre>
 *
 * <p>A row is a sample. Forward, Z = A W + b and A = φ(Z), layer by layer. Back, Δ = ∂L/∂Z: for the
 * last layer from the loss, for each before it Δ = (Δ' W'ᵀ) ⊙ φ'(Z), where a prime marks the next
 * layer. With it ∂L/∂W = Aᵀ Δ, where A is the layer's input, and ∂L/∂b is the sum of Δ over the
 * samples. Everything is computed in double precision, independently of the engine. Rumelhart,
 * Hinton and Williams 1986, Learning representations by back-propagating errors.
 */
public final class Backprop implements Renderable {
  private static final int MOST_UNITS = 8;
  private static final int MOST_SAMPLES = 4;
  private static final int MOST_LAYERS = 6;

  /**
   * One layer's pass; matrices have one row per sample, {@code kernel} one row per input.
   *
   * @param kernel empty if the layer is only an activation
   * @param fused whether activation and loss are backpropagated in one step
   */
  record Pass(
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
      boolean fused) {
    boolean isDense() {
      return kernel.length > 0;
    }
  }

  private final List<Pass> passes;
  private final Loss loss;
  private final double value;
  private final double[][] lossGradient;

  private Backprop(List<Pass> passes, Loss loss, double value, double[][] lossGradient) {
    this.passes = List.copyOf(passes);
    this.loss = loss;
    this.value = value;
    this.lossGradient = lossGradient;
  }

  /**
   * Backpropagates the loss of these samples.
   *
   * @param x one to four samples, one per row
   * @param y their targets
   * @throws IllegalArgumentException if the network is not a chain of dense layers and activations
   *     with at most eight units, or there are too many samples or they do not fit
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
    refuse(compiled, x.rows());
    OutputHead head = compiled.singleOutput("backprop");
    int rows = x.rows();
    var samples = Columns.of(rows, compiled.network().inputShapes());
    var targets = new Columns(rows, compiled.targets());
    x.copy(samples.rows());
    y.copy(targets.rows());
    checks.targets(targets, rows);
    List<Pass> forward = new ArrayList<>();
    double[][] value = Matrix.rows(OutputStep.doubles(samples.rows()), rows);
    for (Network.Node node : compiled.network().nodes()) {
      Pass pass = forward(compiled, node, value);
      forward.add(pass);
      value = pass.out;
    }
    boolean fused = head.outputLoss().isFused();
    double[][] last = fused ? forward.get(forward.size() - 1).z : value;
    double[] flat = Arrays.stream(last).flatMapToDouble(Arrays::stream).toArray();
    double[] gradient = new double[flat.length];
    Loss loss = head.outputLoss().trainingLoss();
    loss = head.weight() == 1 ? loss : loss.times(head.weight());
    BatchLoss batch = new TrainingLoss(loss).bind(head.output().shape());
    head.settings().apply(batch);
    double number = batch.run(OutputStep.doubles(targets.rows()), flat, null, rows, gradient);
    return backward(forward, loss, number, Matrix.rows(gradient, rows), fused);
  }

  private static Backprop backward(
      List<Pass> forward, Loss loss, double value, double[][] lossGradient, boolean fused) {
    List<Pass> passes = new ArrayList<>();
    double[][] gradient = lossGradient; // with respect to the layer's output, then to its input
    for (int i = forward.size() - 1; i >= 0; i--) {
      Pass pass = forward.get(i);
      boolean atOnce = fused && i == forward.size() - 1;
      double[][] delta =
          atOnce
              ? gradient
              : ActivationDerivatives.through(pass.activation, pass.z, pass.out, gradient);
      double[][] byKernel =
          pass.isDense() ? Matrix.times(Matrix.transposed(pass.in), delta) : new double[0][];
      double[] byBias = new double[pass.bias.length];
      for (double[] row : delta) {
        for (int j = 0; j < byBias.length; j++) {
          byBias[j] += row[j];
        }
      }
      passes.add(
          0,
          new Pass(
              pass.name,
              pass.activation,
              pass.in,
              pass.kernel,
              pass.bias,
              pass.z,
              pass.out,
              delta,
              byKernel,
              byBias,
              atOnce));
      gradient = byInput(pass, delta);
    }
    return new Backprop(passes, loss, value, lossGradient);
  }

  /** The gradient with respect to a layer's input. */
  private static double[][] byInput(Pass pass, double[][] delta) {
    return pass.isDense() ? Matrix.times(delta, Matrix.transposed(pass.kernel)) : delta;
  }

  private static void refuse(CompiledModel compiled, int samples) {
    String smaller =
        "make a small network of your own for reading, such as input(2), dense(3).tanh(), dense(1),"
            + " or look at model.gradient(name).";
    List<Network.Node> nodes = compiled.network().nodes();
    if (!compiled.network().isChain() || nodes.stream().anyMatch(Network.Node::isReused)) {
      throw Messages.wrong(
          "backprop expects a plain chain of layers but receives a network that"
              + " branches or shares: %s",
          smaller);
    }
    for (Network.Node node : nodes) {
      if (!(node.layer() instanceof Dense) && !(node.layer() instanceof ActivationLayer)) {
        throw Messages.wrong(
            "backprop expects dense layers and functions but receives %s: %s",
            node.name(), smaller);
      }
      if (node.inputShapes().get(0).length != 1) {
        throw Messages.wrong(
            "backprop expects one row a sample but %s receives %s: %s",
            node.name(), Shapes.withBatch(node.inputShapes().get(0)), smaller);
      }
      Activation.Kind kind = node.layer().activation().kind();
      if (kind == Activation.Kind.GELU
          || kind == Activation.Kind.GELU_TANH
          || node.layer().activation().ofRows().isPresent()) {
        throw Messages.wrong(
            "backprop expects functions that can be worked out on paper but %s ends in %s: take"
                + " relu, swish or tanh instead.",
            node.name(), node.layer().activation().kerasName());
      }
      if (Shapes.size(node.output()) > MOST_UNITS
          || Shapes.size(node.inputShapes().get(0)) > MOST_UNITS) {
        throw Messages.wrong(
            "backprop expects layers of at most %d units, so that its steps can be read, but"
                + " receives %s from %d to %d: %s",
            MOST_UNITS,
            node.name(),
            Shapes.size(node.inputShapes().get(0)),
            Shapes.size(node.output()),
            smaller);
      }
    }
    if (nodes.size() > MOST_LAYERS) {
      throw Messages.wrong(
          "backprop expects at most %d layers but receives %d: %s",
          MOST_LAYERS, nodes.size(), smaller);
    }
    if (samples > MOST_SAMPLES) {
      throw Messages.wrong(
          "backprop expects at most %d samples, so that its steps can be read, but receives %,d:"
              + " take the first ones, x.rows(0, 2).",
          MOST_SAMPLES, samples);
    }
    if (!compiled.penalties().isNone()
        || nodes.stream().anyMatch(node -> !node.layer().activityPenalty().isNone())) {
      throw Messages.wrong(
          "backprop expects a loss without penalties on weights and outputs but receives one with them:"
              + " build it without l1 and l2 to read it, or look at model.gradient(name).");
    }
  }

  private static Pass forward(CompiledModel compiled, Network.Node node, double[][] in) {
    double[][] kernel = {};
    double[] bias = {};
    double[][] z = in;
    if (node.layer() instanceof Dense) {
      kernel = parameter(compiled, node.name() + "/kernel", Shapes.size(node.inputShapes().get(0)));
      boolean biased = node.parameters().size() > 1;
      bias = biased ? parameter(compiled, node.name() + "/bias", 1)[0] : bias;
      z = Matrix.times(in, kernel);
      for (double[] row : z) {
        for (int j = 0; j < bias.length; j++) {
          row[j] += bias[j];
        }
      }
    }
    Activation activation = node.layer().activation();
    double[][] out = ActivationDerivatives.values(activation, z);
    double[][] none = {};
    return new Pass(
        node.name(), activation, in, kernel, bias, z, out, none, none, new double[0], false);
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
    return lossGradient;
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
    List<String> names = new ArrayList<>();
    for (Pass pass : passes) {
      if (pass.isDense() && name.equals(pass.name + "/kernel")) {
        double[] flat =
            Arrays.stream(pass.kernelGradient).flatMapToDouble(Arrays::stream).toArray();
        return Values.of(flat, pass.kernel.length, pass.kernel[0].length);
      }
      if (pass.bias.length > 0 && name.equals(pass.name + "/bias")) {
        return Values.of(pass.biasGradient, pass.bias.length);
      }
      names.addAll(
          pass.isDense() ? List.of(pass.name + "/kernel", pass.name + "/bias") : List.of());
    }
    throw Messages.wrong(
        "gradient expects a parameter's name but receives %s: there are %s.", name, names);
  }

  /** The network as a diagram, with the first sample's values and their gradients. */
  public Figure plot() {
    List<NetworkDrawing.Column> columns = new ArrayList<>();
    double[][] in = passes.get(0).in;
    double[][] back = byInput(passes.get(0), passes.get(0).delta);
    columns.add(NetworkDrawing.Column.input(in[0], back[0]));
    for (Pass pass : passes) {
      columns.add(
          new NetworkDrawing.Column(
              pass.name, pass.out[0], pass.delta[0], pass.kernel, pass.kernelGradient));
    }
    return NetworkDrawing.figure(columns, loss.name(), value, passes.get(0).in.length);
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
