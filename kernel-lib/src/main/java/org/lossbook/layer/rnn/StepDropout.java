package org.lossbook.layer.rnn;

import org.lossbook.engine.Graph;
import org.lossbook.engine.Tensor;

/** Dropout that drops the same numbers of a sample at all steps. */
final class StepDropout {
  private final Graph graph;
  private final double rate;
  private Tensor mask;

  StepDropout(Graph graph, double rate) {
    this.graph = graph;
    this.rate = rate;
  }

  /**
   * Of one step or of a sequence.
   *
   * @param step the shape of a step
   */
  Tensor of(Tensor x, int... step) {
    if (!graph.training() || rate == 0) {
      return x;
    }
    if (mask == null) {
      mask = graph.dropout(graph.filled(1, step), rate);
    }
    return graph.product(x, mask);
  }
}
