package org.lossbook.layer.merging;

import java.util.List;
import java.util.Optional;
import org.lossbook.config.Config;
import org.lossbook.engine.Bounds;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Tensor;

/**
 * Elementwise sum, a + b + …: what a residual connection does. {@code [n], [n] -> [n]}
 *
 * @question How are two paths joined without growing wider?
 * @use For residual connections.
 * @avoid When the inputs mean different things: {@link Concatenate} keeps them apart.
 */
public final class Add extends Merge<Add> {
  @Override
  public String kind() {
    return "add";
  }

  @Override
  Tensor merge(Graph graph, List<Tensor> inputs) {
    return graph.sum(inputs, factors(inputs.size(), 1));
  }

  @Override
  protected Bounds boundsOf(List<Bounds> inputs, List<int[]> inputShapes) {
    return Bounds.sum(inputs);
  }

  @Override
  public Optional<Config> config() {
    return Optional.of(Config.of("keras.layers", "Add"));
  }
}
