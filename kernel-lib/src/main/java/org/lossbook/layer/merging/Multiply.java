package org.lossbook.layer.merging;

import java.util.List;
import java.util.Optional;
import org.lossbook.config.Config;
import org.lossbook.engine.Bounds;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Tensor;

/**
 * Elementwise product, a · b · …: one input gates another. {@code [n], [n] -> [n]}
 *
 * @question How can one path open or close another?
 * @use For gates, such as squeeze and excitation.
 * @avoid For unbounded inputs: products explode or vanish.
 */
public final class Multiply extends Merge<Multiply> {
  @Override
  public String kind() {
    return "multiply";
  }

  @Override
  Tensor merge(Graph graph, List<Tensor> inputs) {
    return inputs.stream().reduce(graph::product).orElseThrow();
  }

  @Override
  protected Bounds boundsOf(List<Bounds> inputs, List<int[]> inputShapes) {
    return Bounds.product(inputs);
  }

  @Override
  public Optional<Config> config() {
    return Optional.of(Config.of("keras.layers", "Multiply"));
  }
}
