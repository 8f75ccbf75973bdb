package org.lossbook.model.keras;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lossbook.network.Network;

/**
 * The order in which Keras lists a network's layers, which determines where their weights lie in a
 * file: by depth, the farthest from the outputs first, and at equal depth in the order in which a
 * traversal back from the outputs reaches them.
 */
final class KerasOrder {
  private final Network network;
  private final List<Integer> finished = new ArrayList<>();
  private final Map<String, Integer> met = new LinkedHashMap<>();
  private final boolean[] done;

  /**
   * A layer or an input.
   *
   * @param uses the values it outputs, in order
   */
  record Place(String name, List<Integer> uses) {}

  private KerasOrder(Network network) {
    this.network = network;
    done = new boolean[network.inputs().size() + network.nodes().size()];
  }

  static List<Place> of(Network network) {
    return new KerasOrder(network).places();
  }

  private List<Place> places() {
    network.outputs().forEach(output -> walk(network.source(output.value())));
    Map<Integer, Integer> depths = new HashMap<>();
    Map<String, Integer> farthest = new HashMap<>();
    List<Integer> back = new ArrayList<>(finished);
    Collections.reverse(back);
    for (int value : back) {
      String name = network.nameOf(value);
      int depth = Math.max(depths.getOrDefault(value, 0), farthest.getOrDefault(name, 0));
      depths.put(value, depth);
      farthest.put(name, depth);
      inputsOf(value).forEach(before -> depths.merge(before, depth + 1, Math::max));
    }
    return met.keySet().stream()
        .sorted(Comparator.comparing((String name) -> -farthest.get(name)).thenComparing(met::get))
        .map(name -> new Place(name, uses(name)))
        .toList();
  }

  private void walk(int value) {
    if (done[value]) {
      return;
    }
    met.putIfAbsent(network.nameOf(value), met.size());
    inputsOf(value).forEach(this::walk);
    done[value] = true;
    finished.add(value);
  }

  private List<Integer> inputsOf(int value) {
    return maker(value).map(Network.Node::inputs).orElse(List.of()).stream()
        .map(network::source)
        .toList();
  }

  private Optional<Network.Node> maker(int value) {
    return value < network.inputs().size() ? Optional.empty() : Optional.of(network.maker(value));
  }

  private List<Integer> uses(String name) {
    List<Integer> uses = new ArrayList<>();
    for (int value = 0; value < done.length; value++) {
      if (network.nameOf(value).equals(name)) {
        uses.add(value);
      }
    }
    return uses;
  }
}
