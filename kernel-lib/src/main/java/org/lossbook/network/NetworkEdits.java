package org.lossbook.network;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.lossbook.Internal;
import org.lossbook.base.Messages;
import org.lossbook.engine.Parameter;
import org.lossbook.layer.Input;

/**
 * Networks derived from another one.
 *
 * @hidden
 */
@Internal
public final class NetworkEdits {
  private NetworkEdits() {}

  /** The same network with frozen weights. */
  static Network frozen(Network network) {
    return network.with(
        network.nodes().stream()
            .map(node -> node.with(node.layer().frozen(), Parameter::frozen))
            .toList());
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
      inputs.add(new Network.Source(network.inputs().get(i).name(), shape));
      values.add(shape);
    }
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

  private static Network endingIn(Network network, int last) {
    int inputs = network.inputs().size();
    BitSet needed = new BitSet();
    needed.set(last);
    for (int value = last; value >= inputs; value--) {
      if (needed.get(value)) {
        network.maker(value).inputs().forEach(needed::set);
      }
    }
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
