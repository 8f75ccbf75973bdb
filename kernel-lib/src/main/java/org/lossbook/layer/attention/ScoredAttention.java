package org.lossbook.layer.attention;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.lossbook.base.Messages;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.data.Values;
import org.lossbook.engine.Attention;
import org.lossbook.engine.AttentionMasks;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Parameter;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Tensor;
import org.lossbook.layer.CallArguments;
import org.lossbook.layer.LayerChecks;
import org.lossbook.layer.LayerValue;
import org.lossbook.layer.worked.GivenWeights;
import org.lossbook.layer.worked.LayerSteps;
import org.lossbook.layer.worked.WorkedScores;
import org.lossbook.layer.worked.WorkedScores.Scoring;

/**
 * Attention of one head, without projections: the mean of the value's steps, weighted by a softmax
 * of the scores that their keys have with each step of the query.
 *
 * @param <L> the layer itself, so that chained calls keep its type
 */
public abstract class ScoredAttention<L extends ScoredAttention<L>> extends AttentionLayer<L> {
  static final String SCALE = "scale";

  private static final Attention ONE = Attention.of(1, 1);

  private boolean useScale;

  ScoredAttention(boolean useScale) {
    this.useScale = useScale;
  }

  /** Whether scores have a scale that is trained. */
  public L useScale(boolean useScale) {
    return with(copy -> scored(copy).useScale = useScale);
  }

  private static ScoredAttention<?> scored(ScoredAttention<?> layer) {
    return layer;
  }

  final boolean usesScale() {
    return useScale;
  }

  /**
   * Worked steps on your numbers: a sequence that asks itself.
   *
   * @param x {@code [steps, features]}
   */
  @Override
  public LayerSteps explain(Object x) {
    return explained(Optional.empty(), x);
  }

  /**
   * Worked steps on your numbers: the scores of the keys for each step of the query, the weights
   * that softmax makes of them, and the mean of the value's steps. The value is its own key.
   *
   * <pre>{@code
   * attention().explain(matrix(row(1, 0)), matrix(row(2, 5), row(0, 3))).toString()
   * // α₁₁     e^(2)/(e^(2) + e^(0))            0.880797
   * // y₁      0.880797·(2, 5) + 0.119203·(0, 3)  1.76159, 4.76159
   * }</pre>
   *
   * @param query {@code [t, n]}
   * @param value {@code [s, n]}
   * @throws IllegalArgumentException where the shapes do not fit
   */
  public LayerSteps explain(Object query, Object value) {
    return explained(Optional.empty(), query, value);
  }

  /** The same with other keys, {@code [s, n]}; a scale is the first one. */
  public LayerSteps explain(Object query, Object value, Object key) {
    return explained(Optional.empty(), query, value, key);
  }

  /**
   * The same with a scale: one number for {@code attention()}, a number for each feature for {@code
   * additiveAttention()}.
   *
   * @throws IllegalArgumentException also for a layer without a scale
   */
  public LayerSteps explain(Object query, Object value, Object key, Object scale) {
    if (!useScale) {
      throw Messages.wrong(
          "%s.explain expects no scale but receives one: write useScale(true), or leave it out.",
          kind());
    }
    return explained(GivenWeights.named(kind(), "a scale", scale), query, value, key);
  }

  private LayerSteps explained(Optional<Object> scale, Object... given) {
    List<Values> inputs =
        Arrays.stream(given).map(each -> Values.of(kind() + ".explain", each)).toList();
    List<int[]> shapes = inputs.stream().map(Values::shape).toList();
    outputOf(shapes);
    List<Parameter> parameters = parameters(shapes);
    Sequences<Values> all = Sequences.of(kind(), inputs);
    double[] numbers =
        useScale ? GivenWeights.of(kind(), parameters.get(0), scale).toDoubles() : new double[0];
    return WorkedScores.of(
        this + ": y = softmax(scores s) · v",
        all.query(),
        all.key(),
        all.value(),
        scoring(numbers, all.query().shape()[1]),
        (i, j) -> !isCausal() || j <= i);
  }

  /**
   * How a score is written.
   *
   * @param scale its numbers; none without a scale
   */
  abstract Scoring scoring(double[] scale, int features);

  static double[] ones(int count) {
    double[] ones = new double[count];
    Arrays.fill(ones, 1);
    return ones;
  }

  /** The scores. {@code [t, n], [s, n] -> [t, s]} */
  abstract Tensor scores(
      Graph graph, Tensor query, Tensor key, Function<String, Parameters.Slot> weights);

  /** Each step of the query with each of the key. {@code [t, n], [s, n] -> [t, s, n]} */
  static Tensor pairs(Graph graph, Tensor query, Tensor key) {
    int n = query.shape()[1];
    LayerChecks.requireHoldable("attention", new int[] {query.shape()[0], key.shape()[0], n});
    return graph.sum(
        List.of(
            graph.reshape(query, query.shape()[0], 1, n), graph.reshape(key, 1, key.shape()[0], n)),
        1,
        1);
  }

  /** The sums over the last axis. {@code [t, s, n] -> [t, s]} */
  static Tensor sums(Graph graph, Tensor x) {
    int[] shape = x.shape();
    Tensor means = graph.reshape(graph.mean(x, 2), shape[0], shape[1]);
    return graph.affine(means, new float[1], new float[] {shape[2]}, new float[1]);
  }

  /** x times a weight that is one number. */
  static Tensor times(Graph graph, Tensor x, Parameters.Slot weight) {
    return graph.reshape(graph.scale(graph.reshape(x, x.size(), 1), weight), x.shape());
  }

  /** The scores of all heads, of which there is one. */
  static Tensor products(Graph graph, Tensor query, Tensor key) {
    return graph.attentionScores(query, key, ONE);
  }

  @Override
  protected int[] outputOf(List<int[]> inputShapes) {
    Sequences<int[]> all = Sequences.ofShapes(kind(), inputShapes);
    for (int[] shape : inputShapes) {
      if (shape.length != 2) {
        throw Messages.wrong(
            "%s expects sequences [batch, steps, features] but receives %s: add reshape(%d, %d)"
                + " before it.",
            kind(), LayerChecks.batched(shape), Sequences.steps(shape), shape[shape.length - 1]);
      }
    }
    if (all.query()[1] != all.key()[1]) {
      throw Messages.wrong(
          "%s expects a query and a key of as many features but receives %s and %s: put dense(%d)"
              + " before the key.",
          kind(), LayerChecks.batched(all.query()), LayerChecks.batched(all.key()), all.query()[1]);
    }
    return new int[] {all.query()[0], all.value()[1]};
  }

  @Override
  protected List<int[]> outputsOf(List<int[]> inputShapes) {
    Sequences<int[]> all = Sequences.of(kind(), inputShapes);
    int[] scores = {all.query()[0], all.value()[0]};
    return returnsScores() ? List.of(scores) : List.of();
  }

  @Override
  protected Tensor buildMasked(
      Graph graph, List<Tensor> inputs, Function<String, Parameters.Slot> weights) {
    Sequences<Tensor> given = Sequences.of(kind(), inputs);
    Tensor query = LayerValue.tensor(given.query());
    Tensor value = LayerValue.tensor(given.value());
    int steps = query.shape()[0];
    int length = value.shape()[0];
    Tensor scores = scores(graph, query, LayerValue.tensor(given.key()), weights);
    Tensor shares =
        graph.dropout(
            graph.attentionWeights(
                graph.reshape(scores, 1, steps, length),
                ONE.causal(isCausal()),
                AttentionMasks.of(Optional.empty(), LayerValue.mask(given.value()))),
            dropout());
    Tensor means = graph.weightedValues(shares, value);
    Tensor output =
        LayerValue.mask(given.query())
            .map(mask -> graph.product(means, graph.reshape(mask, steps, 1)))
            .orElse(means);
    return LayerValue.of(
        output, returnsScores() ? List.of(graph.reshape(shares, steps, length)) : List.of());
  }

  @Override
  public CallArguments callArguments() {
    return CallArguments.LIST.with(callSettings());
  }

  /** The config with these settings. */
  final Config scoringIn(Config config) {
    return config.with("use_scale", useScale).with("dropout", dropout());
  }

  /** A layer with these settings as a file has them. */
  static <L extends ScoredAttention<L>> L from(Settings settings, L layer) {
    settings.ignore("seed");
    return layer
        .useScale(settings.flag("use_scale", layer.usesScale()))
        .dropout(settings.number("dropout", 0));
  }
}
