package org.lossbook.layer.merging;

import java.util.List;
import java.util.Optional;
import org.lossbook.config.Config;
import org.lossbook.engine.Bounds;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Tensor;

/**
 * Elementwise minimum of its inputs; where they are equal the first gets the gradient. {@code [n],
 * [n] -> [n]}
 *
 * @question What is the weakest of several inputs?
 * @use To keep the most cautious answer of several branches.
 * @avoid When all branches should learn: only the smallest gets a gradient.
 */
public final class Minimum extends Merge<Minimum> {
  @Override
  public String kind() {
    return "minimum";
  }

  @Override
  Tensor merge(Graph graph, List<Tensor> inputs) {
    return inputs.stream().reduce(graph::minimum).orElseThrow();
  }

  @Override
  protected Bounds boundsOf(List<Bounds> inputs, List<int[]> inputShapes) {
    return Bounds.minimum(inputs);
  }

  @Override
  public Optional<Config> config() {
    return Optional.of(Config.of("keras.layers", "Minimum"));
  }
}
