package org.lossbook.layer.merging;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.engine.Bounds;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Tensor;
import org.lossbook.layer.LayerChecks;

/**
 * The dot product of two vectors, Σ aᵢ · bᵢ: a score of how well they match, such as of a reader's
 * and a book's embedding in a recommender. {@code [n], [n] -> [1]}
 */
public final class Dot extends Merge<Dot> {
  private boolean normalized;

  /** Divides each vector by its length first: cosine similarity, from −1 to 1. */
  public Dot normalized() {
    return with(copy -> copy.normalized = true);
  }

  /** Whether vectors are divided by their lengths first. */
  public boolean isNormalized() {
    return normalized;
  }

  @Override
  public String kind() {
    return "dot";
  }

  @Override
  int most() {
    return 2;
  }

  @Override
  protected int[] outputOf(List<int[]> inputShapes) {
    int[] shape = super.outputOf(inputShapes);
    if (shape.length != 1) {
      throw new IllegalArgumentException(
          "dot expects two vectors [batch, n] but receives "
              + LayerChecks.batched(shape)
              + ": add flatten() before it.");
    }
    return new int[] {1};
  }

  @Override
  Tensor merge(Graph graph, List<Tensor> inputs) {
    return graph.dot(inputs.get(0), inputs.get(1), normalized);
  }

  @Override
  protected Bounds boundsOf(List<Bounds> inputs, List<int[]> inputShapes) {
    int width = inputShapes.get(0)[0];
    return normalized
        ? Bounds.between(inputs.stream().allMatch(Bounds::areNeverNegative) ? 0 : -1, 1)
        : Bounds.dot(inputs.get(0), inputs.get(1), width);
  }

  @Override
  public Optional<Config> config() {
    return Optional.of(
        Config.of("keras.layers", "Dot").with("axes", 1).with("normalize", normalized));
  }

  static Dot from(Settings settings) {
    // Of two vectors the one axis that there is, by either count, for both or for each.
    boolean isList = settings.value("axes").orElse(1) instanceof List<?>;
    int[] axes = isList ? settings.integers("axes") : new int[] {settings.integer("axes", 1)};
    if (axes.length > 2 || Arrays.stream(axes).anyMatch(axis -> axis != 1 && axis != -1)) {
      settings.wrong("axes", "1", settings.value("axes").orElse(1));
    }
    return settings.flag("normalize", false) ? new Dot().normalized() : new Dot();
  }
}
