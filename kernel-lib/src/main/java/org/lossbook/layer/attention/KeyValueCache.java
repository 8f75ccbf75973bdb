package org.lossbook.layer.attention;

import java.util.List;
import java.util.Optional;
import org.lossbook.Internal;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Tensor;
import org.lossbook.layer.Layer;

/**
 * The keys and values of the steps that causal attention has read, so that one more step costs one
 * step: the oldest give way to the newest.
 *
 * @hidden
 */
@Internal
public final class KeyValueCache {
  private final Graph graph;
  private final Parameters.Slot owner;
  private final int steps;

  KeyValueCache(Graph graph, Parameters.Slot owner, int steps) {
    this.graph = graph;
    this.owner = owner;
    this.steps = steps;
  }

  /**
   * A layer that goes on from step to step, over at most so many; empty where it cannot, because it
   * sees later steps or what no earlier one says.
   *
   * @param asksItself whether query and value are the same
   */
  public static Optional<Layer> of(Layer layer, int steps, boolean asksItself) {
    if (layer instanceof HeadedAttention<?> heads) {
      return asksItself ? heads.continued(steps) : Optional.empty();
    }
    return layer instanceof PositionEmbedding positions
        ? Optional.of(positions.continued())
        : Optional.empty();
  }

  /** All steps with a new one behind them. {@code [n] -> [steps, n]} */
  Tensor with(int index, Tensor step) {
    int width = step.size();
    Tensor row = graph.reshape(step, 1, width);
    if (steps == 1) {
      return row;
    }
    Tensor before = graph.remembered(owner, index, steps, width);
    return graph.concatenation(
        List.of(graph.slice(before, new int[] {1, 0}, new int[] {steps, width}), row), 0);
  }

  /** The value, once all these are kept for the next step. */
  Tensor keeping(Tensor value, Tensor... kept) {
    return graph.remember(value, owner, List.of(kept));
  }
}
