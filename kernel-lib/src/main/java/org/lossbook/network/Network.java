package org.lossbook.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
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
import org.lossbook.engine.Memory;
import org.lossbook.engine.Mode;
import org.lossbook.engine.Parameter;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Plan;
import org.lossbook.engine.Shapes;
import org.lossbook.engine.Tensor;
import org.lossbook.layer.Layer;
import org.lossbook.layer.LayerOutput;
import org.lossbook.layer.LayerValue;
import org.lossbook.layer.attention.AttentionLayer;
import org.lossbook.layer.weights.Constraint;
import org.lossbook.layer.weights.Regularizer;
import org.lossbook.plot.Architecture;
import org.lossbook.plot.Figure;

/**
 * A network: the graph of a model's layers with their names and shapes, checked, without weights.
 * Values are numbered: the inputs first, then the output of each node, in topological order.
 *
 * @hidden
 */
@Internal
public final class Network {
  /**
   * An input of the network.
   *
   * @param shape the shape of one sample; of texts that of the numbers that are made of them
   * @param front what makes numbers of its texts, if it takes texts
   * @hidden
   */
  @Internal
  public record Source(String name, int[] shape, Optional<TextFront> front) {
    /** The shape of one sample as it is given. */
    public int[] given() {
      return front.map(texts -> new int[] {texts.texts()}).orElse(shape);
    }
  }

  /**
   * A node of the graph: one call of a layer.
   *
   * @param name Keras's automatic name, or the reader's
   * @param inputs the indices of the values it reads
   * @param inputShapes their shapes, without the batch
   * @param output its output shape, without the batch
   * @param parameters by their full names, {@code conv2d_1/kernel}; none if the layer was called
   *     before and shares them
   * @param isReused whether the layer was called before
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
      boolean isReused) {
    /** The same with another layer and changed parameters. */
    Node with(Layer other, UnaryOperator<Parameter> change) {
      return new Node(
          name,
          other,
          inputs,
          inputShapes,
          output,
          parameters.stream().map(change).toList(),
          isReused);
    }

    /** The same for inputs of other shapes. */
    Node sized(List<int[]> shapes, int[] gives) {
      return new Node(name, layer, inputs, shapes, gives, parameters, isReused);
    }

    /** The same under another name, reading other values. */
    Node moved(String newName, List<Integer> from) {
      return new Node(newName, layer, from, inputShapes, output, parameters, isReused);
    }

    /** The number of its weights. */
    public long size() {
      return parameters.stream().mapToLong(Parameter::size).sum();
    }
  }

  /**
   * An output of the network.
   *
   * @param name the name of its layer
   * @param value its index
   * @param last the last activation, if training may leave it out
   * @hidden
   */
  @Internal
  public record Output(
      String name, int value, Layer layer, int[] shape, Optional<LastFunction> last) {}

  private final List<Source> inputs;
  private final List<Node> nodes;
  private final List<Integer> outputValues;
  private final boolean isSequential;

  /**
   * The shapes of the inputs, by which its plans are found again at each call; of a network for one
   * step also how many its attention remembers.
   */
  private final List<List<Integer>> sizes;

  private volatile long mostAtOnce;
  private volatile List<Integer> maskedOutputs;

  /** The network that leaves sizes to the data, where this one is for certain sizes. */
  private final Optional<Network> general;

  /** Cached by the bounds of the inputs, because a network may be called as a layer many times. */
  private final Map<List<Bounds>, List<Bounds>> bounds = new ConcurrentHashMap<>();

  /**
   * @param outputValues the indices of its outputs
   * @param isSequential whether it was built as a sequential model
   */
  Network(List<Source> inputs, List<Node> nodes, List<Integer> outputValues, boolean isSequential) {
    this(inputs, nodes, outputValues, isSequential, Optional.empty());
  }

  private Network(
      List<Source> inputs,
      List<Node> nodes,
      List<Integer> outputValues,
      boolean isSequential,
      Optional<Network> general) {
    this(inputs, nodes, outputValues, isSequential, general, shapes(inputs));
  }

  private Network(
      List<Source> inputs,
      List<Node> nodes,
      List<Integer> outputValues,
      boolean isSequential,
      Optional<Network> general,
      List<List<Integer>> sizes) {
    this.general = general;
    this.sizes = sizes;
    this.inputs = List.copyOf(inputs);
    this.nodes = List.copyOf(nodes);
    this.outputValues = List.copyOf(outputValues);
    this.isSequential = isSequential;
  }

  private static List<List<Integer>> shapes(List<Source> inputs) {
    return inputs.stream().map(source -> Arrays.stream(source.shape()).boxed().toList()).toList();
  }

  /** The same network, whose plans are others because its attention remembers so many steps. */
  Network remembering(int steps) {
    List<List<Integer>> all = new ArrayList<>(sizes);
    all.add(List.of(steps));
    return new Network(inputs, nodes, outputValues, isSequential, general, List.copyOf(all));
  }

  public List<Source> inputs() {
    return inputs;
  }

  public List<Node> nodes() {
    return nodes;
  }

  /** Whether it was built as a sequential model. */
  public boolean isSequential() {
    return isSequential;
  }

  /** Whether it is a plain chain of layers, however it was built. */
  public boolean isChain() {
    return inputs.size() == 1
        && outputValues.equals(List.of(nodes.size()))
        && IntStream.range(0, nodes.size()).allMatch(i -> nodes.get(i).inputs().equals(List.of(i)));
  }

  /** Whether one of its layers keeps states from batch to batch. */
  public boolean isStateful() {
    return nodes.stream()
        .map(Node::layer)
        .anyMatch(
            layer ->
                NetworkLayer.within(layer).map(Network::isStateful).orElseGet(layer::isStateful));
  }

  /** The shapes of the inputs, as a key. */
  public List<List<Integer>> sizes() {
    return sizes;
  }

  /** Whether all its sizes are known. */
  public boolean hasFixedSizes() {
    return Shapes.areFixed(inputShapes());
  }

  /** The network as it was built, which may leave sizes to the data. */
  public Network asBuilt() {
    return general.orElse(this);
  }

  /** The same network for inputs of these shapes, if it leaves sizes to the data. */
  public Network sizedFor(List<int[]> shapes) {
    Network built = asBuilt();
    return built.hasFixedSizes() ? this : NetworkEdits.sizedFor(built, shapes);
  }

  /** Whether any of its inputs takes texts. */
  public boolean takesTexts() {
    return inputs.stream().anyMatch(source -> source.front().isPresent());
  }

  /**
   * The same network for sequences of one step, which continue each other by the states of its
   * recurrent layers and by the keys and values that causal attention has read; empty where there
   * are neither, or where a layer sees several steps together.
   *
   * @param steps how many attention remembers
   */
  public Optional<Network> ofOneStep(int steps) {
    return NetworkEdits.ofOneStep(asBuilt(), steps);
  }

  /** Whether any of its layers attends to the steps of a sequence. */
  public boolean attends() {
    return nodes.stream().anyMatch(node -> node.layer() instanceof AttentionLayer<?>);
  }

  /** The shapes of one sample's inputs. */
  public List<int[]> inputShapes() {
    return inputs.stream().map(Source::shape).toList();
  }

  /** The indices of its outputs, in the reader's order. */
  public List<Integer> outputValues() {
    return outputValues;
  }

  /** Its outputs, in the reader's order. */
  public List<Output> outputs() {
    return outputValues.stream().map(this::output).toList();
  }

  private Output output(int value) {
    Node node = maker(value);
    return new Output(
        node.name(), value, node.layer(), node.output().clone(), LastFunction.of(this, value));
  }

  /** The bounds of all its values, from those of its inputs. */
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

  /** The bounds of an output, for any input. */
  public Bounds bounds(Output output) {
    return bounds(Collections.nCopies(inputs.size(), Bounds.NONE)).get(output.value());
  }

  /**
   * The most numbers of one sample that a prediction holds at once: a value goes when the last
   * layer that reads it is done, and a layer may need a second copy of what it reads. What a layer
   * keeps for itself stays.
   */
  public long mostAtOnce() {
    if (mostAtOnce == 0) { // cached, because each prediction asks
      mostAtOnce = countMostAtOnce();
    }
    return mostAtOnce;
  }

  private long countMostAtOnce() {
    boolean keepsAll = nodes.stream().anyMatch(node -> !node.layer().activityPenalty().isNone());
    int[] readers = new int[inputs.size() + nodes.size()];
    nodes.forEach(node -> reads(node).forEach(from -> readers[from]++));
    outputValues.forEach(value -> readers[value]++);
    List<int[]> shapes = new ArrayList<>(inputShapes());
    long held = shapes.stream().mapToLong(Shapes::count).sum();
    long most = held;
    for (Node node : nodes) {
      shapes.add(node.output());
      long reads = reads(node).stream().mapToLong(from -> Shapes.count(shapes.get(from))).sum();
      held += Shapes.count(node.output());
      held = Memory.sum(held, node.layer().keptNumbers(node.inputShapes(), false)); // of its own
      most = Math.max(most, held + reads);
      for (int from : reads(node)) {
        readers[from]--;
        // The inputs stay where they are, and all does where a penalty reads it at the end.
        boolean goes = readers[from] == 0 && from >= inputs.size() && !keepsAll;
        held -= goes ? Shapes.count(shapes.get(from)) : 0;
      }
    }
    return most;
  }

  /** The values that a node reads: none where it only names a further output of a layer. */
  private static List<Integer> reads(Node node) {
    return node.layer() instanceof LayerOutput ? List.of() : node.inputs();
  }

  /**
   * The value of the layer that computes a value: itself, but for a further output of a layer,
   * which is a value of its own.
   */
  public int source(int value) {
    return outputIndex(value) == 0 ? value : maker(value).inputs().get(0);
  }

  /** Which of its layer's outputs a value is; 0 for most. */
  public int outputIndex(int value) {
    return value >= inputs.size() && maker(value).layer() instanceof LayerOutput further
        ? further.index()
        : 0;
  }

  /** The node that computes a value. */
  public Node maker(int value) {
    return nodes.get(value - inputs.size());
  }

  /** The name of the layer or input of a value. */
  public String nameOf(int value) {
    return value < inputs.size() ? inputs.get(value).name() : maker(value).name();
  }

  /** All parameters, by their full names. */
  public List<Parameter> parameters() {
    return nodes.stream().flatMap(node -> node.parameters().stream()).toList();
  }

  /** The parameters, without the further names of weights that several layers share. */
  public List<Parameter> distinctParameters() {
    Set<Parameter.Home> met = new HashSet<>();
    return parameters().stream()
        .filter(parameter -> parameter.home().isEmpty() || met.add(parameter.home().get()))
        .toList();
  }

  /** The regularizer of a parameter, as its layer sets it. */
  public Regularizer penalty(String parameter) {
    return owner(parameter).layer().penalty(within(parameter));
  }

  /** The constraint on a parameter, as its layer sets it. */
  public Optional<Constraint> constraint(String parameter) {
    return owner(parameter).layer().constraint(within(parameter));
  }

  /** How many power iterations a parameter is normalized with, as its layer sets it. */
  public OptionalInt powerIterations(String parameter) {
    return owner(parameter).layer().powerIterations(within(parameter));
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

  /** A parameter's name within its layer: kernel. */
  private static String within(String parameter) {
    return parameter.substring(parameter.indexOf('/') + 1);
  }

  /**
   * Draws the initial weights, but for those that another model has already; equal seeds give equal
   * weights.
   */
  public void initialize(Parameters parameters, long seed) {
    var random = new SplittableRandom(seed);
    for (Parameter parameter : distinctParameters()) {
      SplittableRandom own = random.split();
      if (parameter.home().isEmpty()) {
        Parameters.Slot slot = parameters.slot(parameter.name());
        float[] values = new float[slot.size()];
        parameter.initializer().fill(values, parameter.shape().clone(), own);
        parameters.write(slot.vector(), slot.offset(), values, values.length);
      }
    }
  }

  /** The same network with other nodes in place of these. */
  Network with(List<Node> changed) {
    return new Network(inputs, changed, outputValues, isSequential);
  }

  /** This network for certain sizes: the same inputs and nodes with these shapes. */
  Network sized(List<Source> from, List<Node> changed) {
    return new Network(from, changed, outputValues, isSequential, Optional.of(this));
  }

  /**
   * Builds a plan from samples to predictions.
   *
   * @param toLogits for which outputs to leave out the last activation
   */
  public Plan plan(
      Engine engine, Parameters parameters, int batch, Mode mode, IntPredicate toLogits) {
    return plan(engine, parameters, batch, mode, toLogits, outputValues, maskedOutputs());
  }

  /**
   * Which of its outputs have a mask, by their indices. Their masks are the outputs of a plan that
   * follow the network's own, in this order, with a number for each row of the output.
   */
  public List<Integer> maskedOutputs() {
    if (maskedOutputs == null) { // cached, because each plan asks
      List<Boolean> masks = masks(Collections.nCopies(inputs.size(), false));
      maskedOutputs =
          IntStream.range(0, outputValues.size())
              .filter(output -> masks.get(outputValues.get(output)))
              .boxed()
              .toList();
    }
    return maskedOutputs;
  }

  /** Which output of a plan is the mask of one of its outputs, if that has one. */
  public OptionalInt maskOf(int output) {
    int place = maskedOutputs().indexOf(output);
    return place < 0 ? OptionalInt.empty() : OptionalInt.of(outputValues.size() + place);
  }

  /**
   * Whether each of its values has a mask.
   *
   * @param given whether each input has one
   */
  List<Boolean> masks(List<Boolean> given) {
    List<Boolean> values = new ArrayList<>(given);
    for (Node node : nodes) {
      List<Boolean> from = node.inputs().stream().map(values::get).toList();
      values.add(node.layer().hasMask(from, node.inputShapes()));
    }
    return values;
  }

  /**
   * What is lost of masks on the way, a sentence for each layer that neither uses nor passes one.
   */
  public List<String> droppedMasks() {
    List<Boolean> masks = masks(Collections.nCopies(inputs.size(), false));
    List<String> dropped = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      Node node = nodes.get(i);
      boolean isDropped = !masks.get(inputs.size() + i) && !node.layer().usesMasks();
      node.inputs().stream()
          .filter(from -> isDropped && masks.get(from))
          .findFirst()
          .ifPresent(
              from ->
                  dropped.add(
                      Messages.of(
                          "%s drops the mask of %s: the layers after it and the loss count padded"
                              + " steps too; globalAveragePooling1d() and recurrent layers leave"
                              + " them out.",
                          node.name(), nameOf(masker(from, masks)))));
    }
    return dropped;
  }

  /** The names of the layers whose output has a mask. */
  List<String> maskedNames() {
    List<Boolean> masks = masks(Collections.nCopies(inputs.size(), false));
    return IntStream.range(inputs.size(), masks.size())
        .filter(masks::get)
        .mapToObj(this::nameOf)
        .toList();
  }

  /** The value that a value's mask comes from. */
  private int masker(int value, List<Boolean> masks) {
    return maker(value).inputs().stream()
        .filter(masks::get)
        .findFirst()
        .map(from -> masker(from, masks))
        .orElse(value);
  }

  /** Builds a plan with an output after every layer, to find where NaN appears first. */
  public Plan everyLayer(Engine engine, Parameters parameters, int batch) {
    List<Integer> all =
        IntStream.range(inputs.size(), inputs.size() + nodes.size()).boxed().toList();
    return plan(engine, parameters, batch, Mode.INFERENCE, output -> false, all, List.of());
  }

  private Plan plan(
      Engine engine,
      Parameters parameters,
      int batch,
      Mode mode,
      IntPredicate toLogits,
      List<Integer> wanted,
      List<Integer> withMasks) {
    Graph graph = engine.graph(parameters, batch, mode);
    List<Tensor> given =
        inputs.stream()
            .map(Source::shape)
            .map(shape -> mode.endsAtInputs() ? graph.inputWithGradient(shape) : graph.input(shape))
            .toList();
    List<Tensor> values = build(graph, given, parameters::slot, toLogits);
    List<Tensor> outputs =
        new ArrayList<>(wanted.stream().map(values::get).map(LayerValue::tensor).toList());
    withMasks.forEach(output -> outputs.add(mask(graph, values.get(outputValues.get(output)))));
    return graph.plan(given, outputs);
  }

  private static Tensor mask(Graph graph, Tensor value) {
    return LayerValue.atEachRow(graph, LayerValue.mask(value).orElseThrow(), value);
  }

  /**
   * Adds the operations of all layers to a graph.
   *
   * @param weights finds a parameter's slot by its full name
   * @return all values, the inputs first
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
      values.add(penalized(graph, value, layer.activityPenalty()));
    }
    return values;
  }

  private static Tensor penalized(Graph graph, Tensor value, Regularizer activity) {
    if (activity.isNone()) {
      return value;
    }
    List<Tensor> further =
        value instanceof LayerValue all
            ? all.further().stream()
                .map(each -> graph.activityPenalty(each, activity.l1(), activity.l2()))
                .toList()
            : List.of();
    Tensor output = graph.activityPenalty(LayerValue.tensor(value), activity.l1(), activity.l2());
    return LayerValue.masked(LayerValue.of(output, further), LayerValue.mask(value));
  }

  /** The layers as a picture. */
  public Figure picture() {
    List<Architecture.Box> boxes = new ArrayList<>();
    inputs.forEach(source -> boxes.add(new Architecture.Box(source.name(), source.given(), 0)));
    nodes.forEach(node -> boxes.add(new Architecture.Box(node.name(), node.output(), node.size())));
    if (isChain()) {
      return Architecture.figure(boxes);
    }
    List<List<Integer>> before = new ArrayList<>();
    inputs.forEach(source -> before.add(List.of()));
    for (Node node : nodes) {
      // A further output comes from its layer, though what the layer reads tells its shape.
      boolean isFurther = node.layer() instanceof LayerOutput;
      before.add(isFurther ? node.inputs().subList(0, 1) : node.inputs());
    }
    return Architecture.figure(boxes, before);
  }
}
