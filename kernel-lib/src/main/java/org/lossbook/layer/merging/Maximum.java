package org.lossbook.layer.merging;

import java.util.List;
import java.util.Optional;
import org.lossbook.config.Config;
import org.lossbook.engine.Bounds;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Tensor;

/**
 * Elementwise maximum of its inputs; where they are equal the first gets the gradient. {@code [n],
 * [n] -> [n]}
 *
 * @question What is the strongest of several inputs?
 * @use To keep the strongest answer of several branches.
 * @avoid When all branches should learn: only the largest gets a gradient.
 */
public final class Maximum extends Merge<Maximum> {
  @Override
  public String kind() {
    return "maximum";
  }

  @Override
  Tensor merge(Graph graph, List<Tensor> inputs) {
    return inputs.stream().reduce(graph::maximum).orElseThrow();
  }

  @Override
  protected Bounds boundsOf(List<Bounds> inputs, List<int[]> inputShapes) {
    return Bounds.maximum(inputs);
  }

  @Override
  public Optional<Config> config() {
    return Optional.of(Config.of("keras.layers", "Maximum"));
  }
}
