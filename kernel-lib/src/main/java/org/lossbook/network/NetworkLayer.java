package org.lossbook.network;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.lossbook.Internal;
import org.lossbook.base.Messages;
import org.lossbook.config.Refined;
import org.lossbook.config.Require;
import org.lossbook.engine.Activation;
import org.lossbook.engine.Bounds;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Memory;
import org.lossbook.engine.Parameter;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Shapes;
import org.lossbook.engine.Tensor;
import org.lossbook.layer.Layer;
import org.lossbook.layer.LayerChecks;
import org.lossbook.layer.weights.Constraint;
import org.lossbook.layer.weights.Regularizer;

/**
 * A network used as one layer of another, with the weights of all its layers.
 *
 * @param <B> the specification itself, so that chained calls keep its type
 */
public abstract class NetworkLayer<B extends NetworkLayer<B>> extends Refined<B> implements Layer {
  private static final String APPLY = "network.of(x) applies it to a value";

  private Network network;
  private Optional<String> name = Optional.empty();
  private boolean frozen;

  /** The model whose weights it has, if any, which must not be freed while this is in use. */
  private Object owner = "";

  protected NetworkLayer(Network network) {
    this.network = network;
  }

  /**
   * The network inside a layer, if it is one.
   *
   * @hidden
   */
  @Internal
  public static Optional<Network> within(Layer layer) {
    return NetworkEdits.resolved(layer) instanceof NetworkLayer<?> inner
        ? Optional.of(inner.network)
        : Optional.empty();
  }

  protected final Network network() {
    return network;
  }

  /** The same with another network. */
  protected final B withNetwork(Network other) {
    return changed(copy -> copy.network = other);
  }

  @Override
  public Optional<String> name() {
    return name;
  }

  /** The same network with a name, for when it is a layer of another. */
  @Override
  public B named(String name) {
    if (name == null || name.isBlank() || name.contains("/")) {
      throw Messages.wrong("%s expects a name without a slash but receives \"%s\".", kind(), name);
    }
    return changed(copy -> copy.name = Optional.of(name));
  }

  /**
   * The same with the weights of a model, which stay in memory as long as this exists.
   *
   * @param prefix what the names there have before them
   */
  protected final B ownedBy(Object model, String prefix, Parameters weights) {
    return changed(
        copy -> {
          copy.network = NetworkEdits.at(network, prefix, weights);
          copy.owner = model;
        });
  }

  /** The same network with frozen weights. */
  @Override
  public B frozen() {
    return trainable(false);
  }

  /** The same network with weights that training changes, or does not, in all its layers. */
  @Override
  public B trainable(boolean trainable) {
    return changed(
        copy -> {
          copy.network = NetworkEdits.trainable(network, trainable);
          copy.frozen = !trainable;
        });
  }

  /**
   * The same network with one of its layers trained, or not.
   *
   * @param layer its name; of a layer within another network {@code sequential/dense_1}
   */
  public final B trainable(String layer, boolean trainable) {
    return changed(
        copy -> {
          copy.network = NetworkEdits.trainable(network, layer, trainable);
          copy.frozen &= !trainable;
        });
  }

  /** The same, with every model in it as it is now. */
  NetworkLayer<?> resolved() {
    Network now = NetworkEdits.resolved(network);
    return now == network ? this : changed(copy -> copy.network = now);
  }

  @Override
  public boolean isFrozen() {
    return frozen;
  }

  @Override
  public Regularizer penalty(String parameter) {
    return network.penalty(parameter);
  }

  @Override
  public Optional<Constraint> constraint(String parameter) {
    return network.constraint(parameter);
  }

  @Override
  public OptionalInt powerIterations(String parameter) {
    return network.powerIterations(parameter);
  }

  @Override
  public Activation activation() {
    return network.outputs().get(0).last().map(LastFunction::activation).orElse(Activation.LINEAR);
  }

  @Override
  public Bounds bounds(List<Bounds> inputs, List<int[]> inputShapes) {
    List<Bounds> known =
        Require.all(
            inputs, Bounds.class, kind(), "bounds of its inputs", "Bounds.NONE stands for nothing");
    if (known.size() != network.inputs().size()) {
      throw Messages.wrong(
          "%s expects bounds of its %d inputs but receives %d: give one for each.",
          kind(), network.inputs().size(), known.size());
    }
    return network.bounds(known).get(network.outputValues().get(0));
  }

  @Override
  public boolean hasMask(List<Boolean> inputs, List<int[]> inputShapes) {
    List<Boolean> masks = LayerChecks.requireMasks(this, inputs, inputShapes);
    outputShape(inputShapes);
    return network.masks(masks).get(network.outputValues().get(0));
  }

  @Override
  public long keptNumbers(List<int[]> inputShapes, boolean training) {
    outputShape(inputShapes); // checks them
    return network.sizedFor(inputShapes).nodes().stream()
        .mapToLong(node -> node.layer().keptNumbers(node.inputShapes(), training))
        .reduce(0, Memory::sum);
  }

  @Override
  public boolean usesMasks() {
    return true; // its layers do, or say that they do not
  }

  @Override
  public Layer linear() {
    return changed(copy -> copy.network = NetworkEdits.linear(network));
  }

  @Override
  public int[] outputShape(List<int[]> inputShapes) {
    if (network.takesTexts()) {
      throw Messages.wrong(
          "%s expects numbers where it is a layer, but reads texts: put its layer of texts before it, and make it of the layers behind.",
          kind());
    }
    if (network.outputs().size() > 1) {
      throw Messages.wrong(
          "%s expects one output where it is a layer but has %d: make a model of the one you"
              + " need.",
          kind(), network.outputs().size());
    }
    Require.all(inputShapes, int[].class, kind(), "the shapes before it", APPLY);
    List<int[]> expected = network.inputShapes();
    if (!areTaken(expected, inputShapes)) {
      throw Messages.wrong(
          "%s expects %s but receives %s: give it values of the shapes it was built for.",
          kind(), shapes(expected), shapes(inputShapes));
    }
    return network.sizedFor(inputShapes).outputs().get(0).shape();
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
    Require.given(graph, kind(), "a graph to build on", APPLY);
    Require.given(weights, kind(), "the places of its weights", APPLY);
    List<Tensor> given = Require.all(inputs, Tensor.class, kind(), "the values before it", APPLY);
    List<int[]> shapes = given.stream().map(Tensor::shape).toList();
    outputShape(shapes);
    List<Tensor> values = network.sizedFor(shapes).build(graph, inputs, weights, output -> false);
    return values.get(network.outputs().get(0).value());
  }

  @Override
  public Tensor build(Graph graph, Tensor x, Function<String, Parameters.Slot> weights) {
    return build(graph, Collections.singletonList(x), weights);
  }

  private static boolean areTaken(List<int[]> expected, List<int[]> given) {
    return expected.size() == given.size()
        && IntStream.range(0, given.size())
            .allMatch(i -> Shapes.fits(expected.get(i), given.get(i)));
  }

  private static String shapes(List<int[]> shapes) {
    return shapes.stream().map(Shapes::withBatch).collect(Collectors.joining(" and "));
  }

  /** A modified copy. */
  private B changed(Consumer<NetworkLayer<?>> change) {
    return with(change);
  }
}
