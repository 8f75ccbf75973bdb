package org.lossbook.training;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.lossbook.engine.Activation;
import org.lossbook.engine.Bounds;
import org.lossbook.layer.Layer;
import org.lossbook.layer.LayerWithActivation;
import org.lossbook.network.Network;
import org.lossbook.network.NetworkLayer;

/**
 * The layers that lead to an output, with nested networks unfolded, and the known bounds of each
 * one's output. Layers can be replaced, to see what the bounds would become.
 */
final class OutputTrace {
  /**
   * One call of a layer.
   *
   * @param name with the networks around it, {@code sequential/dense}
   * @param layer empty for an input
   * @param from the indices of the calls it reads
   */
  record LayerCall(
      String name, Optional<Layer> layer, List<Integer> from, List<int[]> shapes, int[] shape) {

    Activation activation() {
      return layer.map(Layer::activation).orElse(Activation.LINEAR);
    }

    boolean hasFunction() {
      return activation().kind() != Activation.Kind.LINEAR;
    }

    Bounds bounds(List<Bounds> inputs) {
      return layer.map(known -> known.bounds(inputs, shapes)).orElse(Bounds.NONE);
    }

    /** Whether its outputs always stay within the bounds of its inputs. */
    boolean passesOn() {
      return !from.isEmpty()
          && PROBES.stream()
              .allMatch(probe -> bounds(Collections.nCopies(from.size(), probe)).areWithin(probe));
    }
  }

  private static final List<Bounds> PROBES =
      List.of(Bounds.between(-3, -2), Bounds.between(0.25, 0.5), Bounds.between(2, 3));

  private final List<LayerCall> calls;
  private final int end;
  private final List<Bounds> bounds = new ArrayList<>();

  private OutputTrace(List<LayerCall> calls, int end) {
    this.calls = calls;
    this.end = end;
    for (LayerCall call : calls) {
      bounds.add(call.bounds(call.from().stream().map(bounds::get).toList()));
    }
  }

  static OutputTrace of(Network network, int value) {
    List<LayerCall> calls = new ArrayList<>();
    List<Integer> given = new ArrayList<>();
    for (Network.Source source : network.inputs()) {
      given.add(calls.size());
      calls.add(
          new LayerCall(source.name(), Optional.empty(), List.of(), List.of(), source.given()));
    }
    return new OutputTrace(calls, unfold(network, "", given, calls).get(value));
  }

  /** Adds the layers of a network; returns the indices of all its values. */
  private static List<Integer> unfold(
      Network network, String path, List<Integer> given, List<LayerCall> calls) {
    List<Integer> places = new ArrayList<>(given);
    for (Network.Node node : network.nodes()) {
      String name = path + node.name();
      List<Integer> from = node.inputs().stream().map(places::get).toList();
      Optional<Network> inner = NetworkLayer.within(node.layer());
      if (inner.isPresent()) {
        Network within = inner.get();
        places.add(unfold(within, name + "/", from, calls).get(within.outputValues().get(0)));
      } else {
        places.add(calls.size());
        calls.add(
            new LayerCall(
                name, Optional.of(node.layer()), from, node.inputShapes(), node.output()));
      }
    }
    return places;
  }

  /** The bounds of the output. */
  Bounds bounds() {
    return bounds.get(end);
  }

  Bounds bounds(int place) {
    return bounds.get(place);
  }

  LayerCall call(int place) {
    return calls.get(place);
  }

  int end() {
    return end;
  }

  int[] shape() {
    return calls.get(end).shape();
  }

  /** The first call that reads the given one. */
  Optional<LayerCall> reader(int place) {
    return calls.stream().filter(call -> call.from().contains(place)).findFirst();
  }

  /** The same with the named layers replaced everywhere. */
  OutputTrace with(Map<String, Layer> changed) {
    return new OutputTrace(
        calls.stream()
            .map(
                call ->
                    new LayerCall(
                        call.name(),
                        call.layer().map(layer -> changed.getOrDefault(call.name(), layer)),
                        call.from(),
                        call.shapes(),
                        call.shape()))
            .toList(),
        end);
  }

  /** The same with one more layer at the end. */
  OutputTrace then(Layer layer) {
    List<LayerCall> more = new ArrayList<>(calls);
    more.add(
        new LayerCall(
            layer.kind(),
            Optional.of(layer),
            List.of(end),
            List.of(shape()),
            layer.outputShape(shape())));
    return new OutputTrace(more, more.size() - 1);
  }

  /** The same without activations in the given layers. */
  OutputTrace linear(Set<Integer> places) {
    return with(
        places.stream()
            .map(calls::get)
            .collect(
                Collectors.toMap(
                    LayerCall::name, call -> call.layer().orElseThrow().linear(), (a, b) -> a)));
  }

  /** The calls that compute the output; all later layers only pass it on. */
  Set<Integer> makers() {
    Set<Integer> makers = new TreeSet<>();
    Set<Integer> seen = new HashSet<>();
    Deque<Integer> open = new ArrayDeque<>(List.of(end));
    while (!open.isEmpty()) {
      int place = open.pop();
      if (seen.add(place)) {
        if (calls.get(place).passesOn()) {
          calls.get(place).from().forEach(open::push);
        } else {
          makers.add(place);
        }
      }
    }
    return makers;
  }

  /** The activations that reach the output and have such bounds. */
  Set<Integer> functions(Predicate<Bounds> like) {
    return functions(makers(), like);
  }

  /** The activations that reach the given calls and have such bounds. */
  Set<Integer> functions(Collection<Integer> places, Predicate<Bounds> like) {
    Set<Integer> found = new LinkedHashSet<>();
    Set<Integer> seen = new HashSet<>();
    Deque<Integer> open = new ArrayDeque<>();
    places.stream().filter(place -> like.test(bounds.get(place))).forEach(open::add);
    while (!open.isEmpty()) {
      int place = open.pop();
      LayerCall call = calls.get(place);
      if (!seen.add(place)) {
        continue;
      }
      if (call.hasFunction()) {
        found.add(place);
      } else if (like.test(bounds.get(place)) || call.passesOn()) {
        List<Integer> alike =
            call.from().stream().filter(from -> like.test(bounds.get(from))).toList();
        open.addAll(alike.isEmpty() ? call.from() : alike);
      }
    }
    return found;
  }

  /** The last call whose input rows sum to one but whose output rows do not. */
  Optional<Integer> breaksRows() {
    Set<Integer> seen = new HashSet<>();
    Deque<Integer> open = new ArrayDeque<>(List.of(end));
    while (!open.isEmpty()) {
      int place = open.pop();
      LayerCall call = calls.get(place);
      if (!seen.add(place) || call.layer().filter(OutputTrace::isWeighed).isPresent()) {
        continue;
      }
      if (!bounds.get(place).sumToOne()
          && !call.from().isEmpty()
          && call.from().stream().allMatch(from -> bounds.get(from).sumToOne())) {
        return Optional.of(place);
      }
      call.from().forEach(open::push);
    }
    return Optional.empty();
  }

  /** Whether a layer has weights, so that the bounds before it do not matter. */
  private static boolean isWeighed(Layer layer) {
    return layer instanceof LayerWithActivation;
  }
}
