package org.lossbook.network;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.lossbook.Internal;
import org.lossbook.base.Messages;
import org.lossbook.config.Require;
import org.lossbook.engine.Parameter;
import org.lossbook.engine.Parameters;
import org.lossbook.layer.Input;
import org.lossbook.layer.Layer;
import org.lossbook.layer.attention.AttentionLayer;
import org.lossbook.layer.attention.KeyValueCache;
import org.lossbook.layer.rnn.SequenceLayer;

/**
 * Networks derived from another one.
 *
 * @hidden
 */
@Internal
public final class NetworkEdits {
  private NetworkEdits() {}

  /** The same network with all layers trained, or none. */
  static Network trainable(Network network, boolean trainable) {
    return network.with(
        network.nodes().stream()
            .map(node -> retrained(node, node.layer().trainable(trainable)))
            .toList());
  }

  /**
   * The same network with one layer trained, or not.
   *
   * @param layer its name, after those of the networks that it is in
   */
  static Network trainable(Network network, String path, boolean trainable) {
    String name = first(network, "trainable", path);
    String rest = path.substring(Math.min(path.length(), name.length() + 1));
    return network.with(
        network.nodes().stream()
            .map(
                node -> {
                  if (!node.name().equals(name)) {
                    return node;
                  }
                  if (rest.isEmpty()) {
                    return retrained(node, node.layer().trainable(trainable));
                  }
                  return retrained(node, within(node, path, rest, trainable));
                })
            .toList());
  }

  private static Layer within(Network.Node node, String path, String rest, boolean trainable) {
    if (node.layer() instanceof NetworkLayer<?> inner) {
      return inner.trainable(rest, trainable);
    }
    if (node.layer() instanceof SharedLayer shared) {
      return shared.trainable(rest, trainable);
    }
    throw Messages.wrong(
        "trainable expects the name of a layer but receives \"%s\", and %s has no layers inside:"
            + " write \"%s\".",
        path, node.name(), node.name());
  }

  /** The name of a layer of this network with which a path begins. */
  static String first(Network network, String who, String path) {
    Require.given(path, who, "the name of a layer", "summary() shows all");
    return network.nodes().stream()
        .map(Network.Node::name)
        .filter(name -> path.equals(name) || path.startsWith(name + "/"))
        .max(Comparator.comparingInt(String::length))
        .orElseThrow(
            () ->
                Messages.wrong(
                    "%s expects the name of a layer but receives \"%s\": there are %s.",
                    who,
                    path,
                    network.nodes().stream()
                        .map(Network.Node::name)
                        .distinct()
                        .collect(Collectors.joining(", "))));
  }

  /** A node with another layer, whose parameters are trained as the layer says. */
  private static Network.Node retrained(Network.Node node, Layer layer) {
    Map<String, Parameter> now = new HashMap<>();
    layer
        .parameters(node.inputShapes())
        .forEach(parameter -> now.put(node.name() + "/" + parameter.name(), parameter));
    return node.with(layer, p -> p.trainable(now.get(p.name()).trainable() && !layer.isFrozen()));
  }

  /**
   * The same network with every model in it as it is now: which of its layers are trained, and
   * where its weights lie.
   */
  public static Network resolved(Network network) {
    List<Network.Node> now =
        network.nodes().stream()
            .map(
                node -> {
                  Layer layer = resolved(node.layer());
                  return layer == node.layer() ? node : retrained(node, layer);
                })
            .toList();
    boolean isSame =
        IntStream.range(0, now.size()).allMatch(i -> now.get(i) == network.nodes().get(i));
    return isSame ? network : network.with(now);
  }

  static Layer resolved(Layer layer) {
    if (layer instanceof SharedLayer shared) {
      return shared.current();
    }
    return layer instanceof NetworkLayer<?> inner ? inner.resolved() : layer;
  }

  /** The same network with the weights that lie there under the same names. */
  public static Network at(Network network, Parameters weights) {
    return at(network, "", weights);
  }

  /** The same, where the names there have a prefix. */
  static Network at(Network network, String prefix, Parameters weights) {
    return network.with(
        network.nodes().stream()
            .map(
                node ->
                    node.with(
                        node.layer(), p -> p.at(weights.home(weights.slot(prefix + p.name())))))
            .toList());
  }

  /**
   * The network within a network.
   *
   * @param layer its name, after those of the networks that it is in
   */
  public static Network inner(Network network, String who, String layer) {
    String name = first(network, who, layer);
    Network.Node node =
        network.nodes().stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
    Network inner =
        NetworkLayer.within(node.layer())
            .orElseThrow(
                () ->
                    Messages.wrong(
                        "%s expects the name of a network within the model but receives \"%s\", and"
                            + " %s is a single layer: upTo(\"%s\") ends in it.",
                        who, layer, name, name));
    return layer.equals(name) ? inner : inner(inner, who, layer.substring(name.length() + 1));
  }

  /** The same network with given initial weights, by full name. */
  public static Network withWeights(Network network, Function<String, float[]> weights) {
    return network.with(
        network.nodes().stream()
            .map(node -> node.with(node.layer(), p -> p.startingWith(weights.apply(p.name()))))
            .toList());
  }

  /** The same network for inputs of these shapes. */
  static Network sizedFor(Network network, List<int[]> shapes) {
    List<Network.Source> inputs = new ArrayList<>();
    List<int[]> values = new ArrayList<>();
    for (int i = 0; i < shapes.size(); i++) {
      int[] shape = new Input(network.inputs().get(i).shape()).outputShape(shapes.get(i));
      inputs.add(
          new Network.Source(
              network.inputs().get(i).name(), shape, network.inputs().get(i).front()));
      values.add(shape);
    }
    return sized(network, inputs, values);
  }

  private static Network sized(Network network, List<Network.Source> inputs, List<int[]> values) {
    List<Network.Node> nodes = new ArrayList<>();
    for (Network.Node node : network.nodes()) {
      List<int[]> from = node.inputs().stream().map(values::get).toList();
      int[] output = NetworkBuilder.outputShape(node.name(), node.layer(), from);
      LayerSize.check(node.name(), output, node.parameters());
      nodes.add(node.sized(from, output));
      values.add(output);
    }
    return network.sized(inputs, nodes);
  }

  /** Layers that compute each step alone, or that carry a state from one to the next. */
  private static final Set<String> STEPWISE =
      Set.of(
          "text_vectorization", // its numbers are made before
          "embedding",
          "dense",
          "dropout",
          "activation",
          "identity",
          "layer_normalization",
          "rms_normalization",
          "add",
          "lstm",
          "gru",
          "simple_rnn",
          "rnn");

  /**
   * For one step of a sequence; empty where a layer sees several together.
   *
   * @param steps how many attention remembers
   */
  static Optional<Network> ofOneStep(Network network, int steps) {
    boolean hasStates =
        network.nodes().stream()
            .anyMatch(
                node ->
                    node.layer() instanceof SequenceLayer<?>
                        || node.layer() instanceof AttentionLayer<?>);
    if (network.inputs().size() != 1 || !hasStates) {
      return Optional.empty();
    }
    List<Network.Node> nodes = new ArrayList<>();
    for (Network.Node node : network.nodes()) {
      boolean asksItself = node.inputs().stream().distinct().count() == 1;
      Optional<Layer> layer =
          STEPWISE.contains(node.layer().kind())
              ? Optional.of(node.layer())
              : KeyValueCache.of(node.layer(), steps, asksItself);
      if (layer.isEmpty()) {
        return Optional.empty();
      }
      nodes.add(node.with(layer.get(), parameter -> parameter));
    }
    Network.Source source = network.inputs().get(0);
    int[] step = source.shape().clone();
    step[0] = 1;
    List<int[]> values = new ArrayList<>(List.of(step));
    var one = new Network.Source(source.name(), step, source.front());
    return Optional.of(sized(network.with(nodes), List.of(one), values).remembering(steps));
  }

  /** The same network without the last activation of its first output. */
  static Network linear(Network network) {
    List<Network.Node> changed = new ArrayList<>(network.nodes());
    Optional<LastFunction> function = network.outputs().get(0).last();
    function.ifPresent(
        last -> {
          Network.Node node = network.maker(last.value());
          changed.set(
              last.value() - network.inputs().size(), node.with(node.layer().linear(), p -> p));
        });
    return network.with(changed);
  }

  /**
   * The part of it that ends in the named layer, with only what that depends on.
   *
   * @throws IllegalArgumentException if there is none; the message lists them
   */
  public static Network upTo(Network network, String name) {
    List<String> names = network.nodes().stream().map(Network.Node::name).toList();
    if (!names.contains(name)) {
      throw Messages.wrong(
          "network expects the name of a layer but receives \"%s\": there are %s.",
          name, String.join(", ", names));
    }
    return endingIn(network, network.inputs().size() + names.indexOf(name));
  }

  /** The values that these depend on, themselves included. */
  static BitSet needed(Network network, List<Integer> values) {
    BitSet needed = new BitSet();
    values.forEach(needed::set);
    for (int value = needed.length() - 1; value >= network.inputs().size(); value--) {
      if (needed.get(value)) {
        network.maker(value).inputs().forEach(needed::set);
      }
    }
    return needed;
  }

  private static Network endingIn(Network network, int last) {
    int inputs = network.inputs().size();
    BitSet needed = needed(network, List.of(last));
    Map<Integer, Integer> places = new HashMap<>();
    needed.stream().forEach(value -> places.put(value, places.size()));
    Set<String> met = new HashSet<>();
    return new Network(
        IntStream.range(0, inputs).filter(needed::get).mapToObj(network.inputs()::get).toList(),
        needed.stream()
            .filter(value -> value >= inputs)
            .mapToObj(network::maker)
            .map(node -> moved(network, node, places, !met.add(node.name())))
            .toList(),
        List.of(places.get(last)),
        network.isSequential());
  }

  /** Renumbers a node; of a shared layer the first remaining call owns the weights. */
  private static Network.Node moved(
      Network network, Network.Node node, Map<Integer, Integer> places, boolean isReused) {
    List<Parameter> parameters =
        network.nodes().stream()
            .filter(other -> !isReused && other.name().equals(node.name()))
            .flatMap(other -> other.parameters().stream())
            .toList();
    return new Network.Node(
        node.name(),
        node.layer(),
        node.inputs().stream().map(places::get).toList(),
        node.inputShapes(),
        node.output(),
        parameters,
        isReused);
  }
}
