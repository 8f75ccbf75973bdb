package org.lossbook.layer.attention;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.lossbook.base.Messages;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Initializer;
import org.lossbook.engine.Mode;
import org.lossbook.engine.Parameter;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Tensor;
import org.lossbook.layer.LayerChecks;
import org.lossbook.layer.weights.Initializers;
import org.lossbook.layer.weights.WeightRules;

/**
 * Adds a trained vector to each step of a sequence, one for each place: xₜ + pₜ (Gehring et al.
 * 2017). {@code [t, n] -> [t, n]} KerasHub's layer of that name gives the vectors alone, to be
 * added.
 *
 * <pre>{@code
 * sequential(input(40), embedding(20_000, 32), positionEmbedding(40), multiHeadAttention(4, 8))
 * }</pre>
 *
 * <p>Parameter: embeddings {@code [length, n]}, initially Glorot uniform. A shorter sequence takes
 * the first of them.
 *
 * @question Where in the sequence does each step stand?
 * @use Before attention, for sequences up to a known length.
 * @avoid For lengths not seen in training: use {@link SinePositions}.
 */
public final class PositionEmbedding extends Positions<PositionEmbedding> {
  private static final String EMBEDDINGS = "embeddings";
  private static final String LENGTH = "sequence_length";

  private final int length;
  private boolean isContinued;

  /**
   * @param length the steps of the longest sequence
   */
  public PositionEmbedding(int length) {
    this.length = LayerChecks.requirePositive("position_embedding", "a length", length);
  }

  /** The initializer of the vectors, {@code glorotUniform()} by default. */
  public PositionEmbedding initializer(Initializer initializer) {
    return initialized(List.of(EMBEDDINGS), "initializer", initializer);
  }

  /** The same for one step after another. */
  PositionEmbedding continued() {
    return with(copy -> copy.isContinued = true);
  }

  @Override
  public String kind() {
    return "position_embedding";
  }

  @Override
  protected int[] outputOf(int... inputShape) {
    int[] shape = super.outputOf(inputShape);
    if (shape[0] > length) {
      throw Messages.wrong(
          "position_embedding expects sequences of at most %d steps but receives %s: write"
              + " positionEmbedding(%d).",
          length, LayerChecks.batched(inputShape), shape[0]);
    }
    return shape;
  }

  @Override
  protected List<Parameter> parametersFor(int... inputShape) {
    outputShape(inputShape);
    return List.of(
        Parameter.trained(EMBEDDINGS, Initializers.glorotUniform(), length, inputShape[1]));
  }

  @Override
  protected Tensor buildOn(Graph graph, Tensor x, Function<String, Parameters.Slot> weights) {
    if (isContinued && graph.mode() == Mode.CONTINUED) {
      Parameters.Slot table = weights.apply(EMBEDDINGS);
      Tensor step = graph.remembered(table, 0, 1);
      Tensor next = graph.affine(step, new float[1], new float[] {1}, new float[] {1});
      Tensor sum = graph.sum(List.of(x, graph.lookup(step, table)), 1, 1);
      return graph.remember(sum, table, List.of(next));
    }
    float[] places = new float[x.shape()[0]];
    for (int t = 0; t < places.length; t++) {
      places[t] = t;
    }
    Tensor none = graph.filled(0, places.length);
    Tensor steps = graph.affine(none, new float[1], new float[] {1}, places);
    return graph.sum(List.of(x, graph.lookup(steps, weights.apply(EMBEDDINGS))), 1, 1);
  }

  @Override
  public String toString() {
    return "position_embedding(" + length + ")";
  }

  @Override
  public Optional<Config> config() {
    Config config = Config.ours("PositionEmbedding").with(LENGTH, length);
    return Optional.of(rules(EMBEDDINGS).initializerIn(config, EMBEDDINGS));
  }

  static PositionEmbedding from(Settings settings) {
    PositionEmbedding layer = new PositionEmbedding(settings.integer(LENGTH));
    return layer.with(EMBEDDINGS, WeightRules.from(settings, EMBEDDINGS, 2));
  }
}
