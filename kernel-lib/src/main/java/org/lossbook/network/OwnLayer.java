package org.lossbook.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.lossbook.base.Messages;
import org.lossbook.config.Refined;
import org.lossbook.config.Require;
import org.lossbook.engine.Bounds;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Parameter;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Tensor;
import org.lossbook.layer.Input;
import org.lossbook.layer.Layer;
import org.lossbook.layer.LayerChecks;
import org.lossbook.layer.Node;

/**
 * A layer of one's own, made of other layers: it is used like any other, has one row in a summary,
 * and is a network within the network in a file, which Keras reads too.
 *
 * <pre>{@code
 * var residual = layer("residual", x -> add().of(x, dense(8).relu().of(x)));
 * sequential(input(8), residual, residual, dense(1))      // residual and residual_1, each with weights
 * }</pre>
 *
 * <p>In a functional network a layer that is applied several times has its weights once.
 */
public final class OwnLayer extends Refined<OwnLayer> implements Layer {
  private static final String FIX = "write layer(\"wide\", x -> dense(64).relu().of(x))";

  private final String kind;
  private final int inputs;
  private final Function<List<Node>, Object> declaration;

  /** Its network for each list of shapes it was used on. */
  private final Map<List<List<Integer>>, Network> networks = new ConcurrentHashMap<>();

  private Optional<String> name = Optional.empty();
  private boolean frozen;

  private OwnLayer(String kind, int inputs, Function<List<Node>, Object> declaration) {
    this.kind = kind;
    this.inputs = inputs;
    this.declaration = declaration;
  }

  /**
   * A layer that is {@code x -> …}.
   *
   * @param name its kind in a summary, from which automatic names are made
   */
  public static OwnLayer layer(String name, UnaryOperator<Node> declaration) {
    Require.given(declaration, "layer", "a value made of x by layers", FIX);
    Function<Node, ?> untyped = declaration; // a raw lambda may give anything
    return new OwnLayer(LayerChecks.requireName("layer", name), 1, x -> untyped.apply(x.get(0)));
  }

  /** A layer of two values, {@code (a, b) -> …}. */
  public static OwnLayer layer(String name, BinaryOperator<Node> declaration) {
    Require.given(
        declaration,
        "layer",
        "a value made of a and b by layers",
        "write layer(\"sum\", (a, b) -> add().of(a, b))");
    BiFunction<Node, Node, ?> untyped = declaration;
    return new OwnLayer(
        LayerChecks.requireName("layer", name), 2, x -> untyped.apply(x.get(0), x.get(1)));
  }

  /** The network that it is for inputs of these shapes. */
  NetworkLayer<?> on(List<int[]> shapes) {
    List<int[]> given =
        Require.all(shapes, int[].class, kind, "the shapes before it", "layer.of(x) gives them");
    if (given.size() != inputs) {
      throw Messages.wrong(
          "%s expects %d value%s but receives %d: apply it to as many as its declaration takes.",
          kind, inputs, inputs == 1 ? "" : "s", given.size());
    }
    List<List<Integer>> key =
        given.stream().map(shape -> Arrays.stream(shape).boxed().toList()).toList();
    Network network = networks.get(key);
    if (network == null) {
      network = network(given);
      networks.put(key, network);
    }
    var layer = new Inside(kind, network);
    Inside named = name.map(layer::named).orElse(layer);
    return frozen ? named.frozen() : named;
  }

  private Network network(List<int[]> shapes) {
    List<Node> values = new ArrayList<>();
    shapes.forEach(shape -> values.add(new Input(shape)));
    Object made =
        Require.given(declaration.apply(List.copyOf(values)), kind, "a value made by layers", FIX);
    if (!(made instanceof Node output)) {
      throw Messages.wrong(
          "%s expects a value made by layers but receives %s: %s.", kind, Require.kind(made), FIX);
    }
    if (output instanceof Input) {
      throw Messages.wrong(
          "%s expects a value made by layers but receives one that it was given: %s.", kind, FIX);
    }
    return NetworkBuilder.within(kind, values, output);
  }

  @Override
  public String kind() {
    return kind;
  }

  @Override
  public Optional<String> name() {
    return name;
  }

  @Override
  public OwnLayer named(String name) {
    String checked = LayerChecks.requireName(kind, name);
    return with(copy -> copy.name = Optional.of(checked));
  }

  @Override
  public int[] outputShape(int... inputShape) {
    return outputShape(Collections.singletonList(inputShape));
  }

  @Override
  public int[] outputShape(List<int[]> inputShapes) {
    return on(inputShapes).outputShape(inputShapes);
  }

  @Override
  public List<Parameter> parameters(List<int[]> inputShapes) {
    return on(inputShapes).parameters(inputShapes);
  }

  @Override
  public List<Parameter> parameters(int... inputShape) {
    return parameters(Collections.singletonList(inputShape));
  }

  @Override
  public Tensor build(Graph graph, Tensor x, Function<String, Parameters.Slot> weights) {
    return build(graph, Collections.singletonList(x), weights);
  }

  @Override
  public Tensor build(Graph graph, List<Tensor> values, Function<String, Parameters.Slot> weights) {
    return on(Require.all(values, Tensor.class, kind, "the values before it", FIX).stream()
            .map(Tensor::shape)
            .toList())
        .build(graph, values, weights);
  }

  @Override
  public Bounds bounds(List<Bounds> from, List<int[]> inputShapes) {
    return on(inputShapes).bounds(from, inputShapes);
  }

  @Override
  public boolean hasMask(List<Boolean> from, List<int[]> inputShapes) {
    return on(inputShapes).hasMask(from, inputShapes);
  }

  @Override
  public long keptNumbers(List<int[]> inputShapes, boolean training) {
    return on(inputShapes).keptNumbers(inputShapes, training);
  }

  @Override
  public boolean usesMasks() {
    return true; // as a network within the network
  }

  @Override
  public OwnLayer frozen() {
    return trainable(false);
  }

  @Override
  public OwnLayer trainable(boolean trainable) {
    return with(copy -> copy.frozen = !trainable);
  }

  @Override
  public boolean isFrozen() {
    return frozen;
  }

  /** {@code residual "first"}. */
  @Override
  public String toString() {
    return kind + name.map(n -> " \"" + n + "\"").orElse("");
  }

  /** The layer in a network, where its shapes are known. */
  private static final class Inside extends NetworkLayer<Inside> {
    private final String kind;

    Inside(String kind, Network network) {
      super(network);
      this.kind = kind;
    }

    @Override
    public String kind() {
      return kind;
    }
  }
}
