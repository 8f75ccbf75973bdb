package org.lossbook.network;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.lossbook.Internal;
import org.lossbook.base.Messages;
import org.lossbook.config.Require;
import org.lossbook.config.Shown;
import org.lossbook.engine.Bounds;
import org.lossbook.engine.Engine;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Parameter;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Plan;
import org.lossbook.engine.Tensor;
import org.lossbook.layer.Layer;
import org.lossbook.layer.weights.Constraint;
import org.lossbook.layer.weights.Regularizer;
import org.lossbook.plot.Architecture;
import org.lossbook.plot.Figure;

/**
 * The layers of a model with their names and shapes, checked against each other: what is known
 * before there are weights. Values are numbered: the inputs first, then what each node gives, in an
 * order in which everything comes after what it needs.
 *
 * @hidden
 */
@Internal
public final class Network {
  /**
   * A value that is given from outside.
   *
   * @param shape of one sample
   * @hidden
   */
  @Internal
  public record Source(String name, int[] shape) {}

  /**
   * One use of a layer.
   *
   * @param name Keras's automatic one, or the reader's
   * @param inputs the numbers of the values it gets
   * @param inputShapes their shapes, without the batch
   * @param output the shape it gives
   * @param parameters by their full names, {@code conv2d_1/kernel}; none where the layer was met
   *     before and shares them
   * @param isAgain whether the layer was met before
   * @hidden
   */
  @Internal
  public record Node(
      String name,
      Layer layer,
      List<Integer> inputs,
      List<int[]> inputShapes,
      int[] output,
      List<Parameter> parameters,
      boolean isAgain) {
    /** The same with another layer and changed parameters. */
    Node with(Layer other, UnaryOperator<Parameter> change) {
      return new Node(
          name,
          other,
          inputs,
          inputShapes,
          output,
          parameters.stream().map(change).toList(),
          isAgain);
    }

    /** The numbers in its parameters. */
    public long size() {
      return parameters.stream().mapToLong(Parameter::size).sum();
    }
  }

  /**
   * A value that the network gives to the outside.
   *
   * @param name of the layer that makes it
   * @param value its number
   * @param last the function at its end that training may leave out
   * @hidden
   */
  @Internal
  public record Output(
      String name, int value, Layer layer, int[] shape, Optional<LastFunction> last) {}

  private final List<Source> inputs;
  private final List<Node> nodes;
  private final List<Integer> outputValues;
  private final boolean isRow;

  /** By those of the inputs: a network may be a layer many times over. */
  private final Map<List<Bounds>, List<Bounds>> bounds = new ConcurrentHashMap<>();

  /**
   * @param outputValues the numbers of the values it gives
   * @param isRow whether it was given as layers one after the other
   */
  Network(List<Source> inputs, List<Node> nodes, List<Integer> outputValues, boolean isRow) {
    this.inputs = List.copyOf(inputs);
    this.nodes = List.copyOf(nodes);
    this.outputValues = List.copyOf(outputValues);
    this.isRow = isRow;
  }

  public List<Source> inputs() {
    return inputs;
  }

  public List<Node> nodes() {
    return nodes;
  }

  /** Whether it was given as layers one after the other. */
  public boolean isRow() {
    return isRow;
  }

  /** Whether each layer reads the one before it and no other, however it was given. */
  public boolean isChain() {
    return inputs.size() == 1
        && outputValues.equals(List.of(nodes.size()))
        && IntStream.range(0, nodes.size()).allMatch(i -> nodes.get(i).inputs().equals(List.of(i)));
  }

  /** The shapes of one sample. */
  public List<int[]> inputShapes() {
    return inputs.stream().map(Source::shape).toList();
  }

  /** The numbers of the values it gives, in the reader's order. */
  public List<Integer> outputValues() {
    return outputValues;
  }

  /** What it gives, in the reader's order. */
  public List<Output> outputs() {
    return outputValues.stream().map(this::output).toList();
  }

  private Output output(int value) {
    Node node = maker(value);
    return new Output(
        node.name(), value, node.layer(), node.output().clone(), LastFunction.of(this, value));
  }

  /** What is known of the numbers of all its values, from the same of its inputs. */
  List<Bounds> bounds(List<Bounds> given) {
    List<Bounds> known = bounds.get(given);
    if (known == null) {
      List<Bounds> values = new ArrayList<>(given);
      for (Node node : nodes) {
        List<Bounds> from = node.inputs().stream().map(values::get).toList();
        values.add(node.layer().bounds(from, node.inputShapes()));
      }
      known = List.copyOf(values);
      bounds.put(List.copyOf(given), known);
    }
    return known;
  }

  /** What is known of an output, whatever is given. */
  public Bounds bounds(Output output) {
    return bounds(Collections.nCopies(inputs.size(), Bounds.NONE)).get(output.value());
  }

  /** The node that makes a value. */
  public Node maker(int value) {
    return nodes.get(value - inputs.size());
  }

  /** The name of what makes a value. */
  public String nameOf(int value) {
    return value < inputs.size() ? inputs.get(value).name() : maker(value).name();
  }

  /** All parameters, by their full names. */
  public List<Parameter> parameters() {
    return nodes.stream().flatMap(node -> node.parameters().stream()).toList();
  }

  /** What a parameter costs by its size, as its layer says. */
  public Regularizer penalty(String parameter) {
    return owner(parameter).layer().penalty(within(parameter));
  }

  /** What a parameter is held to, as its layer says. */
  public Optional<Constraint> constraint(String parameter) {
    return owner(parameter).layer().constraint(within(parameter));
  }

  private Node owner(String parameter) {
    Require.given(parameter, "A network", "a parameter's name", "dense/kernel is one");
    return nodes.stream()
        .filter(node -> parameter.startsWith(node.name() + "/"))
        .findFirst()
        .orElseThrow(
            () ->
                Messages.wrong(
                    "A network expects the name of one of its parameters but receives %s: it"
                        + " has %s.",
                    Shown.of(parameter),
                    parameters().stream().map(Parameter::name).collect(Collectors.joining(", "))));
  }

  /** Its name within its layer: kernel. */
  private static String within(String parameter) {
    return parameter.substring(parameter.indexOf('/') + 1);
  }

  /** Draws first weights: the same seed, the same weights. */
  public void initialize(Parameters parameters, long seed) {
    var random = new SplittableRandom(seed);
    for (Parameters.Slot slot : parameters.slots()) {
      Parameter parameter = slot.parameter();
      float[] values = new float[slot.size()];
      parameter.initializer().fill(values, parameter.shape().clone(), random.split());
      parameters.write(slot.vector(), slot.offset(), values, values.length);
    }
  }

  /** The same layers with other ones in their places. */
  Network with(List<Node> changed) {
    return new Network(inputs, changed, outputValues, isRow);
  }

  /**
   * A plan from samples to predictions.
   *
   * @param toLogits whether to leave out the function at the end of that output
   */
  public Plan plan(
      Engine engine, Parameters parameters, int batch, boolean training, IntPredicate toLogits) {
    return plan(engine, parameters, batch, training, toLogits, outputValues);
  }

  /** A plan with an output after every layer, to look for the one that went wrong. */
  public Plan everyLayer(Engine engine, Parameters parameters, int batch) {
    List<Integer> all =
        IntStream.range(inputs.size(), inputs.size() + nodes.size()).boxed().toList();
    return plan(engine, parameters, batch, false, output -> false, all);
  }

  private Plan plan(
      Engine engine,
      Parameters parameters,
      int batch,
      boolean training,
      IntPredicate toLogits,
      List<Integer> wanted) {
    Map<String, Parameters.Slot> slots = new HashMap<>();
    parameters.slots().forEach(slot -> slots.put(slot.parameter().name(), slot));
    Graph graph = engine.graph(parameters, batch, training);
    List<Tensor> given = inputs.stream().map(source -> graph.input(source.shape())).toList();
    List<Tensor> values = build(graph, given, slots::get, toLogits);
    return graph.plan(given, wanted.stream().map(values::get).toList());
  }

  /**
   * Says all layers in the graph's vocabulary.
   *
   * @param weights gives the place of a parameter by its full name
   * @return all values, the given ones first
   */
  List<Tensor> build(
      Graph graph,
      List<Tensor> given,
      Function<String, Parameters.Slot> weights,
      IntPredicate toLogits) {
    List<Output> outputs = outputs();
    Set<Integer> left =
        IntStream.range(0, outputs.size())
            .filter(toLogits)
            .mapToObj(output -> outputs.get(output).last().orElseThrow().value())
            .collect(Collectors.toSet());
    List<Tensor> values = new ArrayList<>(given);
    for (Node node : nodes) {
      boolean isLeftOut = left.contains(values.size());
      Layer layer = isLeftOut ? node.layer().linear() : node.layer();
      List<Tensor> from = node.inputs().stream().map(values::get).toList();
      Tensor value = layer.build(graph, from, weight -> weights.apply(node.name() + "/" + weight));
      Regularizer activity = layer.activityPenalty();
      values.add(
          activity.isNone() ? value : graph.activityPenalty(value, activity.l1(), activity.l2()));
    }
    return values;
  }

  /** The layers as a picture. */
  public Figure picture() {
    List<Architecture.Box> boxes = new ArrayList<>();
    inputs.forEach(source -> boxes.add(new Architecture.Box(source.name(), source.shape(), 0)));
    nodes.forEach(node -> boxes.add(new Architecture.Box(node.name(), node.output(), node.size())));
    if (isChain()) {
      return Architecture.figure(boxes);
    }
    List<List<Integer>> before = new ArrayList<>();
    inputs.forEach(source -> before.add(List.of()));
    nodes.forEach(node -> before.add(node.inputs()));
    return Architecture.figure(boxes, before);
  }
}
