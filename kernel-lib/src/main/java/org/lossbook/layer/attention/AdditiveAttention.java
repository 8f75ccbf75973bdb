package org.lossbook.layer.attention;

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
 * Additive attention (Bahdanau, Cho and Bengio 2015): softmax(Σ scale · tanh(q + k)) · v, where a
 * sum over the features scores each key for each step of the query. {@code [t, n], [s, m], [s, n]
 * -> [t, m]}
 *
 * <p>Parameter: scale {@code [n]}, initially Glorot uniform, unless {@code useScale(false)}.
 *
 * @question Which steps matter, by a score that tanh makes?
 * @use For queries and keys of different scales.
 * @avoid For long sequences: {@link DotAttention} is faster.
 */
public final class AdditiveAttention extends ScoredAttention<AdditiveAttention> {
  /** With a scale. */
  public AdditiveAttention() {
    super(true);
  }

  @Override
  public String kind() {
    return "additive_attention";
  }

  @Override
  protected List<Parameter> parametersOf(List<int[]> inputShapes) {
    outputOf(inputShapes);
    return usesScale()
        ? List.of(Parameter.trained(SCALE, Initializers.glorotUniform(), inputShapes.get(0)[1]))
        : List.of();
  }

  @Override
  Tensor scores(Graph graph, Tensor query, Tensor key, Function<String, Parameters.Slot> weights) {
    Tensor matches = graph.activation(pairs(graph, query, key), Activation.TANH);
    return sums(graph, usesScale() ? graph.scale(matches, weights.apply(SCALE)) : matches);
  }

  @Override
  Scoring scoring(double[] scale, int features) {
    double[] scales = scale.length == 0 ? ones(features) : scale;
    return (query, key) -> WorkedScores.additive(scales, 1, query, key);
  }

  @Override
  public Optional<Config> config() {
    return Optional.of(scoringIn(Config.of("keras.layers", "AdditiveAttention")));
  }

  static AdditiveAttention from(Settings settings) {
    return from(settings, new AdditiveAttention());
  }
}
