package org.lossbook.layer.attention;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.engine.Activation;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Parameter;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Tensor;
import org.lossbook.layer.weights.Initializers;
import org.lossbook.layer.worked.WorkedScores;
import org.lossbook.layer.worked.WorkedScores.Scoring;

/**
 * Dot-product attention (Luong, Pham and Manning 2015), Keras's {@code Attention}: softmax(q · kᵀ)
 * · v. Each step of the query takes the mean of the value's steps, weighted by how well their keys
 * match it. {@code [t, n], [s, m], [s, n] -> [t, m]}
 *
 * <pre>{@code
 * attention().of(input(5, 8), input(7, 8))             // a query and a value, which is its own key
 * attention().causal().of(input(5, 8))                 // x asks itself, each step those before it
 * attention().concat().of(input(5, 8), input(7, 8))    // scores Σ tanh(q + k)
 * }</pre>
 *
 * <p>Parameters: scale, one number, initially 1, with {@code useScale(true)}; concat_score_weight,
 * one number, initially 1, with {@link #concat}.
 *
 * @question Which steps match what is asked for?
 * @use To take from a sequence what fits a query.
 * @avoid For wide vectors without scaling: softmax saturates.
 */
public final class DotAttention extends ScoredAttention<DotAttention> {
  private static final String WEIGHT = "concat_score_weight";
  private static final String MODE = "score_mode";

  private boolean isConcat;

  /** Without a scale, of dot products. */
  public DotAttention() {
    super(false);
  }

  /** Scores are w · Σ tanh(scale · (q + k)) instead of q · k, with a trained w. */
  public DotAttention concat() {
    return with(copy -> copy.isConcat = true);
  }

  @Override
  public String kind() {
    return "attention";
  }

  @Override
  protected List<Parameter> parametersOf(List<int[]> inputShapes) {
    List<Parameter> parameters = new ArrayList<>();
    if (usesScale()) {
      parameters.add(Parameter.trained(SCALE, Initializers.ones()));
    }
    if (isConcat) {
      parameters.add(Parameter.trained(WEIGHT, Initializers.ones()));
    }
    return parameters;
  }

  @Override
  Tensor scores(Graph graph, Tensor query, Tensor key, Function<String, Parameters.Slot> weights) {
    if (!isConcat) {
      Tensor asked = usesScale() ? times(graph, query, weights.apply(SCALE)) : query;
      return products(graph, asked, key);
    }
    Tensor pairs = pairs(graph, query, key);
    Tensor scaled = usesScale() ? times(graph, pairs, weights.apply(SCALE)) : pairs;
    return times(
        graph, sums(graph, graph.activation(scaled, Activation.TANH)), weights.apply(WEIGHT));
  }

  @Override
  Scoring scoring(double[] scale, int features) {
    double factor = scale.length == 0 ? 1 : scale[0];
    double[] ones = ones(features);
    return isConcat
        ? (query, key) -> WorkedScores.additive(ones, factor, query, key)
        : (query, key) -> WorkedScores.product(factor, query, key);
  }

  @Override
  public Optional<Config> config() {
    return Optional.of(
        scoringIn(Config.of("keras.layers", "Attention").with(MODE, isConcat ? "concat" : "dot")));
  }

  static DotAttention from(Settings settings) {
    settings.requireOneOf(MODE, "dot", "concat");
    DotAttention layer = from(settings, new DotAttention());
    return settings.text(MODE, "dot").equals("concat") ? layer.concat() : layer;
  }
}
