package org.lossbook.layer.merging;

import java.util.List;
import java.util.Optional;
import org.lossbook.config.Config;
import org.lossbook.engine.Bounds;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Tensor;

/**
 * Elementwise difference, a − b. {@code [n], [n] -> [n]}
 *
 * @question What do two paths not have in common?
 * @use To compare two inputs, such as two pictures.
 * @avoid When the sign must not matter: square it afterwards.
 */
public final class Subtract extends Merge<Subtract> {
  @Override
  public String kind() {
    return "subtract";
  }

  @Override
  int most() {
    return 2;
  }

  @Override
  Tensor merge(Graph graph, List<Tensor> inputs) {
    return graph.sum(inputs, 1, -1);
  }

  @Override
  protected Bounds boundsOf(List<Bounds> inputs, List<int[]> inputShapes) {
    return Bounds.sum(List.of(inputs.get(0), inputs.get(1).negated()));
  }

  @Override
  public Optional<Config> config() {
    return Optional.of(Config.of("keras.layers", "Subtract"));
  }
}
