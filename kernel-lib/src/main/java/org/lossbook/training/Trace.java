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
final class Trace {
  /**
   * One call of a layer.
   *
   * @param name with the networks around it, {@code sequential/dense}
   * @param layer empty for an input
   * @param from the indices of the steps it reads
   */
  record Step(
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

  private final List<Step> steps;
  private final int end;
  private final List<Bounds> bounds = new ArrayList<>();

  private Trace(List<Step> steps, int end) {
    this.steps = steps;
    this.end = end;
    for (Step step : steps) {
      bounds.add(step.bounds(step.from().stream().map(bounds::get).toList()));
    }
  }

  static Trace of(Network network, int value) {
    List<Step> steps = new ArrayList<>();
    List<Integer> given = new ArrayList<>();
    for (Network.Source source : network.inputs()) {
      given.add(steps.size());
      steps.add(new Step(source.name(), Optional.empty(), List.of(), List.of(), source.shape()));
    }
    return new Trace(steps, unfold(network, "", given, steps).get(value));
  }

  /** Adds the layers of a network; returns the indices of all its values. */
  private static List<Integer> unfold(
      Network network, String path, List<Integer> given, List<Step> steps) {
    List<Integer> places = new ArrayList<>(given);
    for (Network.Node node : network.nodes()) {
      String name = path + node.name();
      List<Integer> from = node.inputs().stream().map(places::get).toList();
      Optional<Network> inner = NetworkLayer.within(node.layer());
      if (inner.isPresent()) {
        Network within = inner.get();
        places.add(unfold(within, name + "/", from, steps).get(within.outputValues().get(0)));
      } else {
        places.add(steps.size());
        steps.add(
            new Step(name, Optional.of(node.layer()), from, node.inputShapes(), node.output()));
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

  Step step(int place) {
    return steps.get(place);
  }

  int end() {
    return end;
  }

  int[] shape() {
    return steps.get(end).shape();
  }

  /** The first step that reads the given one. */
  Optional<Step> reader(int place) {
    return steps.stream().filter(step -> step.from().contains(place)).findFirst();
  }

  /** The same with the named layers replaced everywhere. */
  Trace with(Map<String, Layer> changed) {
    return new Trace(
        steps.stream()
            .map(
                step ->
                    new Step(
                        step.name(),
                        step.layer().map(layer -> changed.getOrDefault(step.name(), layer)),
                        step.from(),
                        step.shapes(),
                        step.shape()))
            .toList(),
        end);
  }

  /** The same with one more layer at the end. */
  Trace then(Layer layer) {
    List<Step> more = new ArrayList<>(steps);
    more.add(
        new Step(
            layer.kind(),
            Optional.of(layer),
            List.of(end),
            List.of(shape()),
            layer.outputShape(shape())));
    return new Trace(more, more.size() - 1);
  }

  /** The same without activations in the given layers. */
  Trace linear(Set<Integer> places) {
    return with(
        places.stream()
            .map(steps::get)
            .collect(
                Collectors.toMap(
                    Step::name, step -> step.layer().orElseThrow().linear(), (a, b) -> a)));
  }

  /** The steps that compute the output; all later layers only pass it on. */
  Set<Integer> makers() {
    Set<Integer> makers = new TreeSet<>();
    Set<Integer> seen = new HashSet<>();
    Deque<Integer> open = new ArrayDeque<>(List.of(end));
    while (!open.isEmpty()) {
      int place = open.pop();
      if (seen.add(place)) {
        if (steps.get(place).passesOn()) {
          steps.get(place).from().forEach(open::push);
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

  /** The activations that reach the given steps and have such bounds. */
  Set<Integer> functions(Collection<Integer> places, Predicate<Bounds> like) {
    Set<Integer> found = new LinkedHashSet<>();
    Set<Integer> seen = new HashSet<>();
    Deque<Integer> open = new ArrayDeque<>();
    places.stream().filter(place -> like.test(bounds.get(place))).forEach(open::add);
    while (!open.isEmpty()) {
      int place = open.pop();
      Step step = steps.get(place);
      if (!seen.add(place)) {
        continue;
      }
      if (step.hasFunction()) {
        found.add(place);
      } else if (like.test(bounds.get(place)) || step.passesOn()) {
        List<Integer> alike =
            step.from().stream().filter(from -> like.test(bounds.get(from))).toList();
        open.addAll(alike.isEmpty() ? step.from() : alike);
      }
    }
    return found;
  }

  /** The last step whose input rows sum to one but whose output rows do not. */
  Optional<Integer> breaksRows() {
    Set<Integer> seen = new HashSet<>();
    Deque<Integer> open = new ArrayDeque<>(List.of(end));
    while (!open.isEmpty()) {
      int place = open.pop();
      Step step = steps.get(place);
      if (!seen.add(place) || step.layer().filter(Trace::isWeighed).isPresent()) {
        continue;
      }
      if (!bounds.get(place).sumToOne()
          && !step.from().isEmpty()
          && step.from().stream().allMatch(from -> bounds.get(from).sumToOne())) {
        return Optional.of(place);
      }
      step.from().forEach(open::push);
    }
    return Optional.empty();
  }

  /** Whether a layer has weights, so that the bounds before it do not matter. */
  private static boolean isWeighed(Layer layer) {
    return layer instanceof LayerWithActivation;
  }
}
