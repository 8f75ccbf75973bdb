package org.lossbook.model;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.lossbook.config.Refined;
import org.lossbook.engine.Activation;
import org.lossbook.engine.Bounds;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Parameter;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Shapes;
import org.lossbook.engine.Tensor;
import org.lossbook.layer.Constraint;
import org.lossbook.layer.Layer;
import org.lossbook.loss.Loss;
import org.lossbook.loss.Penalty;
import org.lossbook.metric.Metric;
import org.lossbook.notebook.Renderable;
import org.lossbook.optimizer.Optimizer;
import org.lossbook.plot.Figure;

/**
 * A network as an immutable specification: {@link #compile compile} makes a model with weights of
 * it, and it may be a layer in another network.
 *
 * @param <B> the specification itself, so that chained calls keep its type
 */
public abstract sealed class Blueprint<B extends Blueprint<B>> extends Refined<B>
    implements Layer, Renderable permits Sequential, Functional {
  private static final String APPLY = "network.of(x) applies it to a value";

  private Network network;
  private boolean mismatchAllowed;
  private OptionalLong seed = OptionalLong.empty();
  private Optional<String> name = Optional.empty();
  private boolean frozen;

  Blueprint(Network network) {
    this.network = network;
  }

  /** The one of its kind for a network. */
  static Blueprint<?> of(Network network) {
    return network.isRow() ? new Sequential(network) : new Functional(network);
  }

  final Network network() {
    return network;
  }

  /**
   * Lets {@link #compile compile} take a loss that does not fit the model's end, such as softmax
   * before a loss from logits, so that a lesson can show what happens.
   */
  public B allowMismatch() {
    return changed(copy -> copy.mismatchAllowed = true);
  }

  /**
   * Draws the first weights from this seed. Without it they differ from model to model, unless the
   * first fit has a seed.
   */
  public B seed(long seed) {
    return changed(copy -> copy.seed = OptionalLong.of(seed));
  }

  /**
   * A model with first weights, ready to be trained.
   *
   * @param metrics figures to be measured beside the loss
   * @throws IllegalArgumentException where the loss does not fit the model's end: says which call
   *     to drop
   */
  public Model compile(Optimizer optimizer, Loss loss, Metric... metrics) {
    return compile(optimizer, Collections.singletonList(loss), metrics);
  }

  /**
   * A model of several outputs, each with a loss of its own; what is trained is their sum.
   *
   * <pre>{@code
   * model(x, List.of(price, sold))
   *     .compile(adam(), List.of(mse(), binaryCrossentropy().times(0.3)), accuracy().on("sold"))
   * }</pre>
   *
   * @param losses one for each output, in their order
   * @param metrics each says by {@link Metric#on} which output it judges
   */
  public Model compile(Optimizer optimizer, List<? extends Loss> losses, Metric... metrics) {
    var compilation = new Compilation(network, mismatchAllowed);
    return new Model(compilation.core(optimizer, losses, Given.list(metrics)), seed);
  }

  /**
   * A model with first weights that is not compiled: it predicts, and gives and takes weights; to
   * be trained or judged it is compiled first.
   *
   * <pre>{@code
   * var model = sequential(input(2), dense(1)).build()
   *     .weights("dense/kernel", matrix(row(3), row(-1)))
   *     .weights("dense/bias", vector(0.5));
   * model.predict(matrix(row(2, 4)))       // 3·2 − 1·4 + 0.5 = 2.5
   * }</pre>
   */
  public Model build() {
    return new Model(
        new Compilation(network, true).core(), seed, "for build() leaves optimizer and loss out");
  }

  /**
   * The part of it that ends in the layer of that name, with the first weights that it has.
   *
   * @throws IllegalArgumentException where there is none: says which there are
   */
  public B upTo(String layer) {
    return changed(copy -> copy.network = Altered.upTo(network, layer));
  }

  /** The layers as a table: shapes and parameters. */
  public Summary summary() {
    return Summary.of(network);
  }

  /** The layers as a picture. */
  public Figure plot() {
    return network.picture();
  }

  @Override
  public Optional<String> name() {
    return name;
  }

  /** The same network under a name, which it has as a layer of another. */
  @Override
  public B named(String name) {
    if (name == null || name.isBlank() || name.contains("/")) {
      throw new IllegalArgumentException(
          Say.of("%s expects a name without a slash but receives \"%s\".", kind(), name));
    }
    return changed(copy -> copy.name = Optional.of(name));
  }

  /** The same network with weights that training leaves as they are. */
  @Override
  public B frozen() {
    return changed(
        copy -> {
          copy.network = Altered.frozen(network);
          copy.frozen = true;
        });
  }

  @Override
  public boolean isFrozen() {
    return frozen;
  }

  @Override
  public Penalty penalty(String parameter) {
    return network.penalty(parameter);
  }

  @Override
  public Optional<Constraint> constraint(String parameter) {
    return network.constraint(parameter);
  }

  @Override
  public Activation activation() {
    return network.outputs().get(0).last().map(LastFunction::activation).orElse(Activation.LINEAR);
  }

  @Override
  public Bounds bounds(List<Bounds> inputs, List<int[]> inputShapes) {
    List<Bounds> known =
        Given.all(
            inputs, Bounds.class, kind(), "bounds of its inputs", "Bounds.NONE stands for nothing");
    if (known.size() != network.inputs().size()) {
      throw new IllegalArgumentException(
          Say.of(
              "%s expects bounds of its %d inputs but receives %d: give one for each.",
              kind(), network.inputs().size(), known.size()));
    }
    return network.bounds(known).get(network.outputValues().get(0));
  }

  @Override
  public Layer linear() {
    return changed(copy -> copy.network = Altered.linear(network));
  }

  @Override
  public int[] outputShape(List<int[]> inputShapes) {
    if (network.outputs().size() > 1) {
      throw new IllegalArgumentException(
          Say.of(
              "%s expects one output where it is a layer but has %d: make a model of the one you"
                  + " need.",
              kind(), network.outputs().size()));
    }
    Given.all(inputShapes, int[].class, kind(), "the shapes before it", APPLY);
    List<int[]> expected = network.inputShapes();
    if (!Arrays.deepEquals(expected.toArray(), inputShapes.toArray())) {
      throw new IllegalArgumentException(
          Say.of(
              "%s expects %s but receives %s: give it values of the shapes that it was made for.",
              kind(), shapes(expected), shapes(inputShapes)));
    }
    return network.outputs().get(0).shape();
  }

  @Override
  public int[] outputShape(int... inputShape) {
    return outputShape(Collections.singletonList(inputShape));
  }

  @Override
  public List<Parameter> parameters(List<int[]> inputShapes) {
    return network.parameters();
  }

  @Override
  public Tensor build(Graph graph, List<Tensor> inputs, Function<String, Parameters.Slot> weights) {
    Given.given(graph, kind(), "a graph to build on", APPLY);
    Given.given(weights, kind(), "the places of its weights", APPLY);
    List<Tensor> given = Given.all(inputs, Tensor.class, kind(), "the values before it", APPLY);
    outputShape(given.stream().map(Tensor::shape).toList());
    List<Tensor> values = network.build(graph, inputs, weights, output -> false);
    return values.get(network.outputs().get(0).value());
  }

  @Override
  public Tensor build(Graph graph, Tensor x, Function<String, Parameters.Slot> weights) {
    return build(graph, Collections.singletonList(x), weights);
  }

  private static String shapes(List<int[]> shapes) {
    return shapes.stream().map(Shapes::withBatch).collect(Collectors.joining(" and "));
  }

  /** A copy, of which this class may change what it keeps to itself. */
  private B changed(Consumer<Blueprint<?>> change) {
    return with(change);
  }

  @Override
  public Map<String, String> mimeBundle() {
    return summary().mimeBundle();
  }

  /** The table as text. */
  @Override
  public String toString() {
    return summary().toString();
  }
}
