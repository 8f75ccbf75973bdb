package org.lossbook.layer.merging;

import java.util.List;
import java.util.Optional;
import org.lossbook.config.Config;
import org.lossbook.engine.Bounds;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Shapes;
import org.lossbook.engine.Tensor;

/**
 * Elementwise mean of k inputs, (a + b + …) / k. {@code [n], [n] -> [n]}
 *
 * @question What do several paths say on average?
 * @use To join branches or models that vote.
 * @avoid When one path should count more.
 */
public final class Average extends Merge<Average> {
  @Override
  public String kind() {
    return "average";
  }

  @Override
  Tensor merge(Graph graph, List<Tensor> inputs) {
    return graph.sum(inputs, factors(inputs.size(), 1f / inputs.size()));
  }

  @Override
  protected Bounds boundsOf(List<Bounds> inputs, List<int[]> inputShapes) {
    Bounds mean = Bounds.mean(inputs);
    boolean isOfRows =
        inputShapes.stream().mapToInt(Shapes::last).distinct().count() == 1; // none is repeated
    return isOfRows ? mean : mean.withoutSumToOne();
  }

  @Override
  public Optional<Config> config() {
    return Optional.of(Config.of("keras.layers", "Average"));
  }
}
