package org.lossbook.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.lossbook.engine.Activation;
import org.lossbook.engine.Engine;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Parameter;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Plan;
import org.lossbook.engine.Shapes;
import org.lossbook.engine.Tensor;
import org.lossbook.layer.Activated;
import org.lossbook.layer.ActivationLayer;
import org.lossbook.layer.Constraint;
import org.lossbook.layer.Input;
import org.lossbook.layer.Layer;
import org.lossbook.loss.End;
import org.lossbook.loss.Penalty;
import org.lossbook.plot.Architecture;
import org.lossbook.plot.Figure;

/**
 * The layers of a model with their names and shapes, checked against each other: what is known
 * before there are weights.
 */
final class Network {
  /**
   * One layer in its place.
   *
   * @param name Keras's automatic one, or the reader's
   * @param input the shape it gets, without the batch
   * @param output the shape it gives
   * @param parameters by their full names, {@code conv2d_1/kernel}
   */
  record Node(String name, Layer layer, int[] input, int[] output, List<Parameter> parameters) {
    /** The numbers in its parameters. */
    int size() {
      return parameters.stream().mapToInt(Parameter::size).sum();
    }
  }

  private final int[] inputShape;
  private final List<Node> nodes;

  private Network(int[] inputShape, List<Node> nodes) {
    this.inputShape = inputShape;
    this.nodes = List.copyOf(nodes);
  }

  /**
   * The network of these layers, one after the other.
   *
   * @throws IllegalArgumentException where it does not begin with an input, where a layer cannot
   *     take what the one before it gives, or where two have the same name
   */
  static Network of(List<Layer> layers) {
    if (layers.isEmpty() || !(layers.get(0) instanceof Input input)) {
      throw new IllegalArgumentException(
          Say.of(
              "sequential expects an input first but receives %s: begin with input(28, 28, 1), the shape of one sample of yours.",
              layers.isEmpty() ? "no layers" : layers.get(0)));
    }
    if (layers.size() == 1) {
      throw new IllegalArgumentException(
          "sequential expects layers after the input but receives none: add one, such as dense(10).");
    }
    var names = new Names(layers);
    List<Node> nodes = new ArrayList<>();
    int[] shape = input.shape();
    for (Layer layer : layers.subList(1, layers.size())) {
      Node node = node(names.of(layer), layer, shape);
      nodes.add(node);
      shape = node.output();
    }
    return new Network(input.shape(), nodes);
  }

  private static Node node(String name, Layer layer, int[] shape) {
    try {
      int[] output = layer.outputShape(shape);
      List<Parameter> parameters =
          layer.parameters(shape).stream()
              .map(parameter -> parameter.renamed(name + "/" + parameter.name()))
              .toList();
      return new Node(name, layer, shape, output, parameters);
    } catch (IllegalArgumentException e) {
      // A network may have five layers of a kind: say which.
      String message = String.valueOf(e.getMessage());
      String kind = layer.kind() + " ";
      throw message.startsWith(kind) && !name.equals(layer.kind())
          ? new IllegalArgumentException(name + " " + message.substring(kind.length()), e)
          : e;
    }
  }

  List<Node> nodes() {
    return nodes;
  }

  /** The shape of one sample. */
  int[] inputShape() {
    return inputShape.clone();
  }

  /** The shape of one prediction. */
  int[] outputShape() {
    return last().output().clone();
  }

  /** The numbers in one prediction. */
  int outputs() {
    return Shapes.size(last().output());
  }

  /** The function at the network's end. */
  Activation activation() {
    return last().layer().activation();
  }

  /** The same, as the reader asked for it. */
  End end() {
    Layer layer = last().layer();
    End.Said said =
        layer instanceof ActivationLayer
            ? End.Said.LAYER
            : layer instanceof Activated ? End.Said.CALL : End.Said.NOWHERE;
    return new End(activation().kerasName(), outputs(), said);
  }

  Node last() {
    return nodes.get(nodes.size() - 1);
  }

  /** All parameters, by their full names. */
  List<Parameter> parameters() {
    return nodes.stream().flatMap(node -> node.parameters().stream()).toList();
  }

  /** What a parameter costs by its size, as its layer says. */
  Penalty penalty(String parameter) {
    return owner(parameter).layer().penalty(within(parameter));
  }

  /** What a parameter is held to, as its layer says. */
  Optional<Constraint> constraint(String parameter) {
    return owner(parameter).layer().constraint(within(parameter));
  }

  private Node owner(String parameter) {
    return nodes.stream()
        .filter(node -> parameter.startsWith(node.name() + "/"))
        .findFirst()
        .orElseThrow();
  }

  /** Its name within its layer: kernel. */
  private static String within(String parameter) {
    return parameter.substring(parameter.lastIndexOf('/') + 1);
  }

  /** Draws first weights: the same seed, the same weights. */
  void initialize(Parameters parameters, long seed) {
    var random = new SplittableRandom(seed);
    for (Parameters.Slot slot : parameters.slots()) {
      Parameter parameter = slot.parameter();
      float[] values = new float[slot.size()];
      parameter.initializer().fill(values, parameter.shape().clone(), random.split());
      parameters.write(Core.vector(slot), slot.offset(), values, values.length);
    }
  }

  /**
   * A plan from samples to predictions.
   *
   * @param toLogits whether to leave out the function at the end
   */
  Plan plan(Engine engine, Parameters parameters, int batch, boolean training, boolean toLogits) {
    Graph graph = engine.graph(parameters, batch, training);
    Tensor x = graph.input(inputShape);
    List<Tensor> after = build(graph, x, parameters, toLogits);
    return graph.plan(List.of(x), List.of(after.get(after.size() - 1)));
  }

  /** A plan with an output after every layer, to look for the one that went wrong. */
  Plan everyLayer(Engine engine, Parameters parameters, int batch) {
    Graph graph = engine.graph(parameters, batch, false);
    Tensor x = graph.input(inputShape);
    return graph.plan(List.of(x), build(graph, x, parameters, false));
  }

  /** The layers as a picture. */
  Figure picture() {
    List<Architecture.Box> boxes = new ArrayList<>();
    boxes.add(new Architecture.Box("input", inputShape, 0));
    nodes.forEach(node -> boxes.add(new Architecture.Box(node.name(), node.output(), node.size())));
    return Architecture.figure(boxes);
  }

  private List<Tensor> build(Graph graph, Tensor x, Parameters parameters, boolean toLogits) {
    Map<String, Parameters.Slot> slots = new HashMap<>();
    parameters.slots().forEach(slot -> slots.put(slot.parameter().name(), slot));
    List<Tensor> after = new ArrayList<>();
    Tensor value = x;
    for (Node node : nodes) {
      Layer layer = toLogits && node == last() ? node.layer().linear() : node.layer();
      value = layer.build(graph, value, weight -> slots.get(node.name() + "/" + weight));
      Penalty activity = layer.activityPenalty();
      if (!activity.isNone()) {
        value = graph.activityPenalty(value, activity.l1(), activity.l2());
      }
      after.add(value);
    }
    return after;
  }

  /** Names as Keras makes them: conv2d, conv2d_1; the reader's own where there is one. */
  private static final class Names {
    private final Set<String> taken = new HashSet<>();
    private final Map<String, Integer> counts = new HashMap<>();

    Names(List<Layer> layers) {
      for (Layer layer : layers) {
        layer
            .name()
            .filter(name -> !taken.add(name))
            .ifPresent(
                name -> {
                  throw new IllegalArgumentException(
                      Say.of(
                          "sequential expects layers of different names but receives %s twice: rename one of them.",
                          name));
                });
      }
    }

    String of(Layer layer) {
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
}
