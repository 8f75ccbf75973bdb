package org.lossbook.layer.attention;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.lossbook.base.Messages;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.data.Values;
import org.lossbook.engine.Attention;
import org.lossbook.engine.AttentionMasks;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Initializer;
import org.lossbook.engine.Mode;
import org.lossbook.engine.Parameter;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Shapes;
import org.lossbook.engine.Tensor;
import org.lossbook.layer.CallArguments;
import org.lossbook.layer.Layer;
import org.lossbook.layer.LayerChecks;
import org.lossbook.layer.LayerValue;
import org.lossbook.layer.Node;
import org.lossbook.layer.weights.Constraint;
import org.lossbook.layer.weights.Initializers;
import org.lossbook.layer.weights.Regularizer;
import org.lossbook.layer.weights.WeightRules;
import org.lossbook.layer.worked.GivenWeights;
import org.lossbook.layer.worked.LayerSteps;
import org.lossbook.layer.worked.WorkedHeads;
import org.lossbook.layer.worked.WorkedHeads.Projected;

/**
 * Attention of several heads, each of which sees the query, the key and the value through
 * projections of its own.
 *
 * @param <L> the layer itself, so that chained calls keep its type
 */
public abstract class HeadedAttention<L extends HeadedAttention<L>> extends AttentionLayer<L> {
  private static final String WINDOW = "sliding_window";

  private boolean useBias = true;
  private boolean gated;
  private int window;
  private boolean takesMask;
  private int memory; // steps that a continued sequence sees, 0 where it is none

  HeadedAttention() {}

  /** Whether the projections add a bias; true by default. */
  public L useBias(boolean useBias) {
    return with(copy -> headed(copy).useBias = useBias);
  }

  /**
   * Lets each step see those alone that are less than {@code steps} away, to both sides, or with
   * {@link #causal} before it.
   */
  public L slidingWindow(int steps) {
    int given = LayerChecks.requirePositive(kind(), "a window", steps);
    return with(copy -> headed(copy).window = given);
  }

  /** Multiplies what the heads give by a gate, a projection of the query between 0 and 1. */
  public L gated() {
    return with(copy -> headed(copy).gated = true);
  }

  /** The initializer of the projections' kernels, {@code glorotUniform()} by default. */
  public L kernelInitializer(Initializer initializer) {
    return initialized(Projection.all(Projection.KERNEL), "kernelInitializer", initializer);
  }

  /** The initializer of the projections' biases, {@code zeros()} by default. */
  public L biasInitializer(Initializer initializer) {
    return initialized(Projection.all(Projection.BIAS), "biasInitializer", initializer);
  }

  /** The regularizer of the projections' kernels: {@code kernelRegularizer(l2(1e-4))}. */
  public L kernelRegularizer(Regularizer penalty) {
    return penalized(Projection.all(Projection.KERNEL), "kernelRegularizer", penalty);
  }

  /** The regularizer of the projections' biases. */
  public L biasRegularizer(Regularizer penalty) {
    return penalized(Projection.all(Projection.BIAS), "biasRegularizer", penalty);
  }

  /** The constraint of the projections' kernels, applied after each step. */
  public L kernelConstraint(Constraint constraint) {
    return constrained(Projection.all(Projection.KERNEL), "kernelConstraint", constraint);
  }

  /** The constraint of the projections' biases, applied after each step. */
  public L biasConstraint(Constraint constraint) {
    return constrained(Projection.all(Projection.BIAS), "biasConstraint", constraint);
  }

  /**
   * Takes a mask as the last value that it is applied to, {@code of(query, value, mask)}: {@code
   * [steps of the query, steps of the value]}, with an axis of heads before them where they differ,
   * and 1 for steps where all are alike. A query sees the keys where it is not 0, of those that
   * {@link #causal}, a window and the masks of the sequences let it see.
   */
  public L attentionMask() {
    return with(copy -> headed(copy).takesMask = true);
  }

  /** The same for one step after another; empty where a step sees more than those before it. */
  final Optional<Layer> continued(int steps) {
    boolean isPossible = isCausal() && !takesMask && !returnsScores() && window == 0;
    return isPossible ? Optional.of(with(copy -> headed(copy).memory = steps)) : Optional.empty();
  }

  /**
   * Worked steps on your numbers: a sequence that asks itself, with first weights.
   *
   * @param x {@code [steps, features]}
   */
  @Override
  public LayerSteps explain(Object x) {
    return explained(List.of(), x);
  }

  /** The same of a query {@code [t, n]} and a value {@code [s, m]}, which is its own key. */
  public LayerSteps explain(Object query, Object value) {
    return explained(List.of(), query, value);
  }

  /**
   * Worked steps on your numbers: in each head the projections, the scores, the weights that
   * softmax makes of them, and the means; then what joins the heads. Biases are the first ones, 0
   * by default.
   *
   * <pre>{@code
   * var one = matrix(row(1, 0), row(0, 1));
   * multiHeadAttention(1, 2).explain(one, one, one, one, one).toString()
   * // s₁₁     (1·1 + 0·0)/√2                        0.707107
   * // a₁      0.669762·(1, 0) + 0.330238·(0, 1)      0.669762, 0.330238
   * }</pre>
   *
   * @param x a sequence that asks itself, {@code [steps, features]}
   * @param queryKernel {@code [features, heads, size]}; axes of length 1 may be left out
   * @param outputKernel {@code [heads, size, features]}
   * @throws IllegalArgumentException where the shapes do not fit
   */
  public LayerSteps explain(
      Object x, Object queryKernel, Object keyKernel, Object valueKernel, Object outputKernel) {
    return explained(
        Stream.of(queryKernel, keyKernel, valueKernel, outputKernel)
            .map(each -> GivenWeights.kernel(kind(), each).orElseThrow())
            .toList(),
        x);
  }

  private LayerSteps explained(List<Object> kernels, Object... given) {
    if (gated || takesMask) {
      throw Messages.wrong(
          "%s.explain expects neither a gate nor a mask but the layer has one: leave %s out.",
          kind(), gated ? "gated()" : "attentionMask()");
    }
    List<Values> inputs =
        Arrays.stream(given).map(each -> Values.of(kind() + ".explain", each)).toList();
    List<int[]> shapes = inputs.stream().map(Values::shape).toList();
    for (int[] shape : shapes) {
      if (shape.length != 2) {
        throw Messages.wrong(
            "%s.explain expects sequences [steps, features] but receives shape %s: give one without the axis of the batch.",
            kind(), Arrays.toString(shape));
      }
    }
    Map<String, Parameter> parameters = new HashMap<>();
    parameters(shapes).forEach(each -> parameters.put(each.name(), each));
    Sequences<Values> all = Sequences.of(kind(), inputs);
    List<Projected> by = new ArrayList<>();
    for (Projection projection :
        List.of(Projection.QUERY, Projection.KEY, Projection.VALUE, Projection.OUTPUT)) {
      Optional<Object> kernel =
          kernels.isEmpty() ? Optional.empty() : Optional.of(kernels.get(by.size()));
      by.add(
          new Projected(
              GivenWeights.of(kind(), parameters.get(projection.kernel()), kernel),
              Optional.ofNullable(parameters.get(projection.bias()))
                  .map(bias -> GivenWeights.of(kind(), bias, Optional.empty()))));
    }
    return new WorkedHeads(queryHeads(), keyHeads(), this::sees)
        .explain(
            this + ": y = softmax(q · kᵀ/√size) · v in each head, then joined",
            all.query(),
            all.key(),
            all.value(),
            by.get(0),
            by.get(1),
            by.get(2),
            by.get(3),
            outputOf(shapes));
  }

  /** Whether a step of the query sees a key. */
  private boolean sees(int query, int key) {
    boolean isNear = window == 0 || Math.abs(query - key) < window;
    return isNear && (!isCausal() || key <= query);
  }

  @Override
  final boolean takesMask() {
    return takesMask;
  }

  @Override
  public Node of(Node... inputs) {
    return takesMask && inputs != null && inputs.length == 2
        ? super.of(inputs[0], inputs[0], inputs[1])
        : super.of(inputs);
  }

  private static HeadedAttention<?> headed(HeadedAttention<?> layer) {
    return layer;
  }

  /** How many heads ask. */
  abstract int queryHeads();

  /** How many heads are asked, each by as many of those that ask. */
  abstract int keyHeads();

  /** The numbers of a query and of a key in each head. */
  abstract int keySize();

  /** The numbers of a value in each head. */
  abstract int valueSize();

  /** The extents of an output's step, for queries of that many features. */
  abstract int[] outputFeatures(int queryFeatures);

  /** The group of a file's weights that has a projection, by Keras's name for it. */
  abstract String groupOf(Projection projection);

  @Override
  public final String groupOf(String parameter) {
    return groupOf(Projection.of(parameter));
  }

  /** The values that it is applied to without the mask. */
  private <T> List<T> asked(List<T> inputs) {
    if (takesMask && inputs.size() < 3) {
      throw Messages.wrong(
          "%s expects a query, a value and a mask behind them but receives %s: write of(x, mask),"
              + " or leave attentionMask() out.",
          kind(), inputs.size() == 1 ? "one value" : inputs.size() + " values");
    }
    return takesMask ? inputs.subList(0, inputs.size() - 1) : inputs;
  }

  @Override
  protected int[] outputOf(List<int[]> inputShapes) {
    Sequences<int[]> all = Sequences.ofShapes(kind(), asked(inputShapes));
    if ((isCausal() || window > 0) && (all.query().length > 2 || all.value().length > 2)) {
      throw Messages.wrong(
          "%s expects sequences [batch, steps, features] to tell what comes before but receives %s and %s: reshape them, or leave causal() and slidingWindow(…) out.",
          kind(), LayerChecks.batched(all.query()), LayerChecks.batched(all.value()));
    }
    if (takesMask) {
      PairMask.check(kind(), inputShapes.get(inputShapes.size() - 1), scoresOf(inputShapes));
    }
    int[] query = all.query();
    int[] features = outputFeatures(Shapes.last(query));
    int[] shape = Arrays.copyOf(query, query.length - 1 + features.length);
    System.arraycopy(features, 0, shape, query.length - 1, features.length);
    return shape;
  }

  @Override
  protected List<int[]> outputsOf(List<int[]> inputShapes) {
    return returnsScores() ? List.of(scoresOf(inputShapes)) : List.of();
  }

  /** {@code [heads, steps of the query, steps of the value]}, all axes of steps where several. */
  private int[] scoresOf(List<int[]> inputShapes) {
    Sequences<int[]> all = Sequences.of(kind(), asked(inputShapes));
    IntStream steps =
        Stream.of(all.query(), all.value())
            .flatMapToInt(shape -> Arrays.stream(shape).limit(shape.length - 1));
    return IntStream.concat(IntStream.of(queryHeads()), steps).toArray();
  }

  @Override
  protected List<Parameter> parametersOf(List<int[]> inputShapes) {
    outputOf(inputShapes);
    Sequences<int[]> all = Sequences.of(kind(), asked(inputShapes));
    int query = Shapes.last(all.query());
    List<Parameter> parameters = new ArrayList<>();
    add(parameters, Projection.QUERY, query, queryHeads(), keySize());
    add(parameters, Projection.KEY, Shapes.last(all.key()), keyHeads(), keySize());
    if (gated) {
      add(parameters, Projection.GATE, query, queryHeads(), valueSize());
    }
    add(parameters, Projection.VALUE, Shapes.last(all.value()), keyHeads(), valueSize());
    int[] features = outputFeatures(query);
    int[] kernel = new int[2 + features.length];
    kernel[0] = queryHeads();
    kernel[1] = valueSize();
    System.arraycopy(features, 0, kernel, 2, features.length);
    parameters.add(kernel(Projection.OUTPUT, kernel));
    addBias(parameters, Projection.OUTPUT, features);
    return parameters;
  }

  private void add(
      List<Parameter> parameters, Projection projection, int inputs, int heads, int size) {
    parameters.add(kernel(projection, inputs, heads, size));
    addBias(parameters, projection, heads, size);
  }

  private static Parameter kernel(Projection projection, int... shape) {
    return Parameter.trained(projection.kernel(), Initializers.glorotUniform(), shape);
  }

  private void addBias(List<Parameter> parameters, Projection projection, int... shape) {
    if (useBias) {
      parameters.add(Parameter.trained(projection.bias(), Initializers.zeros(), shape));
    }
  }

  /** Draws a kernel as the matrix that it is: Keras counts its inputs and outputs so. */
  @Override
  protected Parameter drawn(Parameter parameter) {
    Parameter drawn = super.drawn(parameter);
    if (parameter.name().endsWith(Projection.BIAS)) {
      return drawn;
    }
    int[] shape = parameter.shape();
    int inputs =
        Projection.of(parameter.name()) == Projection.OUTPUT ? shape[0] * shape[1] : shape[0];
    int[] matrix = {inputs, parameter.size() / inputs};
    return drawn.drawnBy(
        (into, itsShape, random) -> drawn.initializer().fill(into, matrix, random));
  }

  @Override
  protected Tensor buildMasked(
      Graph graph, List<Tensor> inputs, Function<String, Parameters.Slot> weights) {
    Sequences<Tensor> given = Sequences.of(kind(), asked(inputs));
    List<int[]> shapes = inputs.stream().map(Tensor::shape).toList();
    Optional<Tensor> pairs =
        takesMask
            ? Optional.of(
                PairMask.of(
                    graph,
                    inputs.get(inputs.size() - 1),
                    shapes.get(0).length - 1,
                    scoresOf(shapes)))
            : Optional.empty();
    AttentionMasks masks =
        new AttentionMasks(
            Sequences.mask(graph, given.query()), Sequences.keyMask(graph, given), pairs);
    Projector projector = new Projector(graph, weights, useBias);
    if (memory > 0 && graph.mode() == Mode.CONTINUED) {
      Tensor step = continued(graph, given, projector, masks, weights);
      return graph.reshape(projector.project(step, Projection.OUTPUT), outputOf(shapes));
    }
    Tensor query = projector.project(given.query(), Projection.QUERY);
    Tensor key = repeated(graph, projector.project(given.key(), Projection.KEY), keySize());
    Tensor value = repeated(graph, projector.project(given.value(), Projection.VALUE), valueSize());
    Attention how = attention(inputs);
    LayerChecks.requireHoldable(kind(), scoresOf(shapes));
    List<Tensor> further = new ArrayList<>();
    Tensor attended;
    if (returnsScores()) {
      Tensor scores = graph.attentionWeights(graph.attentionScores(query, key, how), how, masks);
      further.add(graph.reshape(scores, scoresOf(shapes)));
      attended = graph.weightedValues(graph.dropout(scores, dropout()), value);
    } else {
      attended = graph.attention(query, key, value, how, masks);
    }
    if (gated) {
      attended = graph.product(attended, projector.gate(given.query()));
    }
    Tensor output = projector.project(attended, Projection.OUTPUT);
    return LayerValue.of(graph.reshape(output, outputOf(shapes)), further);
  }

  /** What one step sees of itself and those before it. */
  private Tensor continued(
      Graph graph,
      Sequences<Tensor> given,
      Projector projector,
      AttentionMasks masks,
      Function<String, Parameters.Slot> weights) {
    var cache = new KeyValueCache(graph, weights.apply(Projection.KEY.kernel()), memory);
    Tensor keys = cache.with(0, projector.project(given.key(), Projection.KEY));
    Tensor values = cache.with(1, projector.project(given.value(), Projection.VALUE));
    Tensor seen = cache.with(2, masks.keys().orElseGet(() -> graph.filled(1, 1)));
    Tensor attended =
        graph.attention(
            projector.project(given.query(), Projection.QUERY),
            repeated(graph, keys, keySize()),
            repeated(graph, values, valueSize()),
            attention(List.of(given.query())).causal(false),
            AttentionMasks.of(masks.queries(), Optional.of(graph.reshape(seen, memory))));
    Tensor output = gated ? graph.product(attended, projector.gate(given.query())) : attended;
    return cache.keeping(output, keys, values, seen);
  }

  /** As Keras does: where it computes the weights itself, they are 0 if a query sees no key. */
  private Attention attention(List<Tensor> inputs) {
    boolean computesWeights = dropout() > 0 || returnsScores() || inputs.get(0).shape().length != 2;
    return Attention.of(queryHeads(), 1 / Math.sqrt(keySize()))
        .causal(isCausal())
        .window(window)
        .dropout(dropout())
        .zeroed(computesWeights);
  }

  /** Each head that is asked once for each that asks it. */
  private Tensor repeated(Graph graph, Tensor x, int size) {
    int times = queryHeads() / keyHeads();
    if (times == 1) {
      return x;
    }
    int steps = x.shape()[0];
    Tensor apart = graph.reshape(x, steps, keyHeads(), 1, size);
    Tensor all = graph.broadcast(apart, steps, keyHeads(), times, size);
    return graph.reshape(all, steps, queryHeads() * size);
  }

  @Override
  public CallArguments callArguments() {
    CallArguments all = CallArguments.each("query", "value", "key").with(callSettings());
    return takesMask ? all.endingWith(AttentionCall.MASK) : all;
  }

  @Override
  public Optional<Layer> calledWith(String argument, Object value) {
    return AttentionCall.MASK.equals(argument)
        ? Optional.of(attentionMask())
        : super.calledWith(argument, value);
  }

  /** The config with these settings. */
  final Config headsIn(Config config) {
    Config all =
        config
            .with("dropout", dropout())
            .with("use_bias", useBias)
            .with("use_gate", gated)
            .with(WINDOW, window == 0 ? (Object) Optional.empty() : window);
    Config withKernel = rules(Projection.QUERY.kernel()).in(all, "kernel", 3);
    return rules(Projection.QUERY.bias()).in(withKernel, "bias", 2);
  }

  /** These settings as a file has them. */
  final Consumer<L> headsFrom(Settings settings) {
    double rate = LayerChecks.requireRate(kind(), settings.number("dropout", 0));
    boolean hasBias = settings.flag("use_bias", true);
    boolean hasGate = settings.flag("use_gate", false);
    int near = settings.value(WINDOW).isPresent() ? settings.integer(WINDOW) : 0;
    WeightRules kernel = WeightRules.from(settings, "kernel", 3);
    WeightRules bias = WeightRules.from(settings, "bias", 2);
    settings.ignore("seed", "flash_attention");
    return copy -> {
      HeadedAttention<L> layer = copy;
      layer.setDropout(rate);
      layer.useBias = hasBias;
      layer.gated = hasGate;
      layer.window = near;
      Projection.all(Projection.KERNEL).forEach(each -> copy.setRules(each, kernel));
      Projection.all(Projection.BIAS).forEach(each -> copy.setRules(each, bias));
    };
  }
}
