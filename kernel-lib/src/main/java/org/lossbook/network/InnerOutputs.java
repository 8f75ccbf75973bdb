package org.lossbook.network;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.lossbook.Internal;
import org.lossbook.base.Messages;

/**
 * Finds the outputs of layers within a network, also of those in a network within it, whose nodes
 * then take its place.
 *
 * @hidden
 */
@Internal
public final class InnerOutputs {
  private final String who;
  private Network network;
  private final List<Integer> found = new ArrayList<>();

  /** The outputs of the networks whose nodes took their place. */
  private final Map<String, Integer> unfolded = new HashMap<>();

  private InnerOutputs(String who, Network network) {
    this.who = who;
    this.network = network;
  }

  /**
   * The part of a network that ends in these layers, which become its outputs; it keeps all inputs.
   *
   * @param layers their names; of a layer within another network {@code sequential/dense_1}
   * @throws IllegalArgumentException if there is none of a name; the message lists them
   */
  public static Network of(String who, Network network, List<String> layers) {
    var outputs = new InnerOutputs(who, network);
    layers.forEach(outputs::find);
    return outputs.part();
  }

  private void find(String path) {
    OptionalInt value = value(path);
    while (value.isEmpty()) {
      String outer = NetworkEdits.first(network, who, path);
      if (NetworkLayer.within(network.maker(value(outer).orElseThrow()).layer()).isEmpty()) {
        throw Messages.wrong(
            "%s expects the name of a layer but receives \"%s\", and %s has no layers inside: write"
                + " \"%s\".",
            who, path, outer, outer);
      }
      unfold(outer);
      value = value(path);
    }
    found.add(value.getAsInt());
  }

  /** The output of the first call of a layer. */
  private OptionalInt value(String name) {
    if (unfolded.containsKey(name)) {
      return OptionalInt.of(unfolded.get(name));
    }
    return IntStream.range(0, network.nodes().size())
        .filter(i -> network.nodes().get(i).name().equals(name))
        .map(i -> network.inputs().size() + i)
        .findFirst();
  }

  /** Puts the nodes of a network within the network in its place. */
  private void unfold(String name) {
    int inputs = network.inputs().size();
    List<Network.Node> nodes = new ArrayList<>();
    List<Integer> places = new ArrayList<>(IntStream.range(0, inputs).boxed().toList());
    for (Network.Node node : network.nodes()) {
      List<Integer> from = node.inputs().stream().map(places::get).toList();
      Optional<Network> inner =
          node.name().equals(name) ? NetworkLayer.within(node.layer()) : Optional.empty();
      if (inner.isEmpty()) {
        nodes.add(node.moved(node.name(), from));
        places.add(inputs + nodes.size() - 1);
        continue;
      }
      Network sized = inner.get().sizedFor(node.inputShapes());
      List<Integer> inside = new ArrayList<>(from);
      for (Network.Node each : sized.nodes()) {
        nodes.add(
            each.moved(name + "/" + each.name(), each.inputs().stream().map(inside::get).toList()));
        inside.add(inputs + nodes.size() - 1);
      }
      places.add(inside.get(sized.outputValues().get(0)));
    }
    unfolded.put(name, value(name).orElseThrow());
    unfolded.replaceAll((each, value) -> places.get(value));
    found.replaceAll(places::get);
    network =
        new Network(
            network.inputs(),
            nodes,
            network.outputValues().stream().map(places::get).toList(),
            false);
  }

  /** The network without what the outputs do not depend on. */
  private Network part() {
    int inputs = network.inputs().size();
    BitSet needed = NetworkEdits.needed(network, found);
    needed.set(0, inputs);
    List<Integer> places = needed.stream().boxed().toList();
    return new Network(
        network.inputs(),
        places.stream()
            .filter(value -> value >= inputs)
            .map(network::maker)
            .map(node -> node.moved(node.name(), indices(places, node.inputs())))
            .toList(),
        indices(places, found),
        false);
  }

  private static List<Integer> indices(List<Integer> places, List<Integer> values) {
    return values.stream().map(places::indexOf).toList();
  }
}
