package org.lossbook.network;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.lossbook.Internal;
import org.lossbook.base.Messages;
import org.lossbook.config.Require;
import org.lossbook.engine.Parameter;
import org.lossbook.engine.Shapes;
import org.lossbook.layer.Input;
import org.lossbook.layer.Layer;
import org.lossbook.layer.LayerCall;
import org.lossbook.layer.Node;
import org.lossbook.layer.TextLayer;

/**
 * Builds a network from layers, sequential or functional, and names them.
 *
 * @hidden
 */
@Internal
public final class NetworkBuilder {
  private final String who;
  private final Set<String> taken = new HashSet<>();
  private final Map<String, Integer> counts = new HashMap<>();
  private final List<Network.Source> inputs = new ArrayList<>();
  private final List<Network.Node> nodes = new ArrayList<>();

  /** The index of each symbolic value in the network. */
  private final Map<Node, Integer> values = new IdentityHashMap<>();

  /** The names of the layers so far; a layer called several times has one. */
  private final Map<Layer, String> met = new IdentityHashMap<>();

  private NetworkBuilder(String who) {
    this.who = who;
  }

  /**
   * Builds a sequential network.
   *
   * @throws IllegalArgumentException if it does not begin with an input, if a layer does not accept
   *     the output of the one before it, or if two have the same name
   */
  public static Network sequential(List<?> given) {
    List<Layer> layers =
        Require.all(
            given,
            Layer.class,
            "sequential",
            "layers",
            "start with input(28, 28, 1), and look for a cell that failed");
    Input input = first(layers);
    List<Layer> others = layers.get(0) == input ? layers.subList(1, layers.size()) : layers;
    if (others.isEmpty()) {
      throw Messages.wrong(
          "sequential expects layers after the input but receives none: add one, such as"
              + " dense(10).");
    }
    var wiring = new NetworkBuilder("sequential");
    wiring.reserve(layers);
    wiring.input(input);
    int[] shape = input.shape();
    boolean isChain = true;
    for (Layer layer : others) {
      int times = layer.timesInChain();
      List<Integer> from = Collections.nCopies(times, wiring.last());
      shape =
          wiring.node(wiring.nameOf(layer), layer, from, Collections.nCopies(times, shape), false);
      isChain = isChain && times == 1;
    }
    return new Network(wiring.inputs, wiring.nodes, List.of(wiring.last()), isChain);
  }

  /** The input of a sequential network: given, or that of the network that it begins with. */
  private static Input first(List<Layer> layers) {
    if (layers.isEmpty()) {
      throw noInput("no layers");
    }
    if (layers.get(0) instanceof Input input) {
      return input;
    }
    if (layers.get(0) instanceof TextLayer<?>) {
      return Input.ofTexts(1);
    }
    return NetworkLayer.within(layers.get(0))
        .filter(network -> network.inputs().size() == 1)
        .map(network -> new Input(network.inputs().get(0).shape()))
        .orElseThrow(() -> noInput(layers.get(0)));
  }

  private static IllegalArgumentException noInput(Object received) {
    return Messages.wrong(
        "sequential expects an input first but receives %s: start with input(28, 28, 1), the shape"
            + " of one sample of yours.",
        received);
  }

  /**
   * Builds a functional network.
   *
   * @throws IllegalArgumentException if an output depends on an input that is not given, or an
   *     input leads nowhere
   */
  public static Network between(List<? extends Node> from, List<? extends Node> to) {
    List<Node> inputs =
        Require.all(from, Node.class, "model", "inputs", "var x = input(784) is one");
    List<Node> outputs =
        Require.all(to, Node.class, "model", "outputs", "var y = dense(10).softmax().of(x) is one");
    if (inputs.isEmpty() || outputs.isEmpty()) {
      throw Messages.wrong(
          "model expects at least one input and one output but receives %d and %d: write model(x,"
              + " y) with var x = input(784) and var y = dense(10).softmax().of(x).",
          inputs.size(), outputs.size());
    }
    var wiring = new NetworkBuilder("model");
    List<LayerCall> order = inOrder(outputs);
    wiring.reserve(
        Stream.concat(
                inputs.stream().map(node -> (Layer) wiring.asInput(node)),
                order.stream().map(LayerCall::layer))
            .distinct()
            .toList());
    inputs.forEach(node -> wiring.input(wiring.asInput(node)));
    order.forEach(wiring::add);
    wiring.checkUse(inputs, outputs);
    return new Network(
        wiring.inputs, wiring.nodes, outputs.stream().map(wiring.values::get).toList(), false);
  }

  /** The network of a layer of one's own, from its inputs to what was made of them. */
  static Network within(String who, List<Node> inputs, Node output) {
    try {
      return between(inputs, List.of(output));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(who + ": " + e.getMessage(), e);
    }
  }

  private Input asInput(Node node) {
    if (node instanceof Input input) {
      return input;
    }
    throw Messages.wrong(
        "model expects inputs that were made by input(…) but receives what %s gives: put the"
            + " outputs second, model(inputs, outputs).",
        node);
  }

  /** All layer calls that the outputs depend on, in topological order. */
  private static List<LayerCall> inOrder(List<? extends Node> outputs) {
    var done = new LinkedHashMap<Node, LayerCall>();
    outputs.forEach(output -> visit(output, done));
    return List.copyOf(done.values());
  }

  /**
   * Visits depth first, with an explicit stack, because a chain of layers may exceed Java's call
   * stack.
   */
  private static void visit(Node output, Map<Node, LayerCall> done) {
    var open = new ArrayDeque<Node>(List.of(output));
    Set<Node> entered = Collections.newSetFromMap(new IdentityHashMap<>());
    while (!open.isEmpty()) {
      Node node = open.pop();
      if (!(node instanceof LayerCall applied) || done.containsKey(node)) {
        continue;
      }
      if (entered.add(node)) {
        open.push(node); // again, after its inputs
        List<Node> inputs = List.copyOf(applied.inputs());
        for (int i = inputs.size() - 1; i >= 0; i--) {
          open.push(inputs.get(i));
        }
      } else {
        done.put(node, applied);
      }
    }
  }

  private void input(Input input) {
    if (values.putIfAbsent(input, inputs.size()) != null) {
      throw Messages.wrong(
          "model expects each input once but receives %s twice: name the inputs.",
          inputs.get(values.get(input)).name());
    }
    inputs.add(
        new Network.Source(
            nameOf(input),
            input.shape(),
            input.isOfTexts()
                ? Optional.of(new TextFront(input.shape()[0], Optional.empty()))
                : Optional.empty()));
  }

  private void add(LayerCall applied) {
    List<Integer> from = new ArrayList<>();
    for (Node input : applied.inputs()) {
      Integer value = values.get(input);
      if (value == null) {
        throw Messages.wrong(
            "model expects every input that its outputs need but lacks an %s: add it to the"
                + " inputs, model(List.of(a, b), y).",
            input);
      }
      from.add(value);
    }
    String known = met.get(applied.layer());
    String name = known == null ? nameOf(applied.layer()) : known;
    met.put(applied.layer(), name);
    node(
        name,
        applied.layer(),
        from,
        applied.inputs().stream().map(Node::shape).toList(),
        known != null);
    values.put(applied, last());
  }

  private void checkUse(List<? extends Node> given, List<? extends Node> outputs) {
    Set<Integer> used = new HashSet<>();
    nodes.forEach(node -> used.addAll(node.inputs()));
    for (int i = 0; i < given.size(); i++) {
      if (!used.contains(i)) {
        throw Messages.wrong(
            "model expects inputs that lead to an output but %s leads to none: leave it out or use"
                + " it.",
            inputs.get(i).name());
      }
    }
    for (Node output : outputs) {
      if (!(output instanceof LayerCall)) {
        throw Messages.wrong(
            "model expects outputs that a layer gives but receives an input itself: put a layer"
                + " between, dense(1).of(x).");
      }
    }
    if (Set.copyOf(outputs).size() < outputs.size()) {
      throw Messages.wrong(
          "model expects different outputs but receives one twice: name each once.");
    }
  }

  /** The index of the last value: inputs first, then nodes. */
  private int last() {
    return inputs.size() + nodes.size() - 1;
  }

  private int[] node(
      String name, Layer given, List<Integer> from, List<int[]> shapes, boolean isReused) {
    return named(
        name,
        given,
        () -> {
          Optional<int[]> numbers = readTexts(given, from);
          if (numbers.isPresent()) {
            Layer reader = (Layer) ((TextLayer<?>) given).behindTexts();
            nodes.add(
                new Network.Node(
                    name,
                    reader,
                    from,
                    List.of(numbers.get()),
                    numbers.get(),
                    List.of(),
                    isReused));
            return numbers.get();
          }
          Layer layer = given instanceof OwnLayer own ? own.on(shapes) : given;
          int[] output = layer.outputShape(shapes);
          List<Parameter> parameters =
              layer.parameters(shapes).stream()
                  .map(p -> p.renamed(name + "/" + p.name()))
                  .map(p -> layer.isFrozen() ? p.frozen() : p)
                  .toList();
          LayerSize.check(name, output, parameters);
          if (isReused) {
            checkShared(name, shapes, parameters);
          }
          nodes.add(
              new Network.Node(
                  name, layer, from, shapes, output, isReused ? List.of() : parameters, isReused));
          return output;
        });
  }

  /** The shape of the numbers that a layer makes of an input's texts, if it reads texts. */
  private Optional<int[]> readTexts(Layer layer, List<Integer> from) {
    for (int value : from) {
      Optional<TextFront> front =
          value < inputs.size() ? inputs.get(value).front() : Optional.empty();
      if (front.isPresent()) {
        Network.Source source = inputs.get(value);
        TextFront read = front.get().readBy(source.name(), layer);
        int[] numbers = read.reader().shapeOf(read.texts());
        inputs.set(value, new Network.Source(source.name(), numbers, Optional.of(read)));
        return Optional.of(numbers);
      }
    }
    return Optional.empty();
  }

  /** The output shape of a layer for these inputs. */
  static int[] outputShape(String name, Layer layer, List<int[]> shapes) {
    return named(name, layer, () -> layer.outputShape(shapes));
  }

  /** Names the layer in an error, because a network may have five of a kind. */
  private static int[] named(String name, Layer layer, Supplier<int[]> asked) {
    try {
      return asked.get();
    } catch (IllegalArgumentException e) {
      String message = String.valueOf(e.getMessage());
      String kind = layer.kind() + " ";
      throw message.startsWith(kind) && !name.equals(layer.kind())
          ? new IllegalArgumentException(name + " " + message.substring(kind.length()), e)
          : e;
    }
  }

  /**
   * Checks that a shared layer gets inputs of one shape: a kernel cannot fit rows of 3 and of 4.
   */
  private void checkShared(String name, List<int[]> shapes, List<Parameter> parameters) {
    Network.Node first =
        nodes.stream().filter(node -> node.name().equals(name)).findFirst().orElseThrow();
    for (int i = 0; i < parameters.size(); i++) {
      int[] before = first.parameters().get(i).shape();
      if (!Arrays.equals(before, parameters.get(i).shape())) {
        throw Messages.wrong(
            "%s expects values of one shape each time it is used, as its weights are shared, but"
                + " receives %s and %s: use a second layer.",
            name, Shapes.withBatch(first.inputShapes().get(0)), Shapes.withBatch(shapes.get(0)));
      }
    }
  }

  /** Reserves the names that the reader gave before automatic ones are made. */
  private void reserve(List<? extends Layer> layers) {
    for (Layer layer : layers) {
      layer
          .name()
          .filter(name -> !taken.add(name))
          .ifPresent(
              name -> {
                throw Messages.wrong(
                    "%s expects layers of different names but receives %s twice: rename one of"
                        + " them.",
                    who, name);
              });
    }
  }

  /** A layer's name: the reader's own, or made like Keras's, conv2d, conv2d_1. */
  private String nameOf(Layer layer) {
    return layer.name().orElseGet(() -> next(layer.kind()));
  }

  private String next(String kind) {
    String name;
    do {
      int count = counts.merge(kind, 1, Integer::sum) - 1;
      name = count == 0 ? kind : kind + "_" + count;
    } while (taken.contains(name));
    return name;
  }
}
