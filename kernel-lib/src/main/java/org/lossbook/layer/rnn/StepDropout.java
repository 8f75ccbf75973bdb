package org.lossbook.layer.rnn;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Tensor;

/**
 * Dropout that drops the same numbers of a sample at all steps: the same for all gates of a cell,
 * or others for each gate, as in Keras.
 */
final class StepDropout {
  private final Graph graph;
  private final double rate;
  private final int gates;
  private final List<Tensor> masks = new ArrayList<>();

  StepDropout(Graph graph, double rate) {
    this(graph, rate, 1);
  }

  /**
   * @param gates for how many gates numbers are dropped each by itself; 1 if for all together
   */
  StepDropout(Graph graph, double rate, int gates) {
    this.graph = graph;
    this.rate = rate;
    this.gates = graph.training() && rate > 0 ? gates : 1;
  }

  /**
   * What all gates read of one step or of a sequence.
   *
   * @param step the shape of a step
   */
  Tensor of(Tensor x, int... step) {
    return of(0, x, step);
  }

  /** What one of the gates reads of it. */
  Tensor of(int gate, Tensor x, int... step) {
    if (!graph.training() || rate == 0) {
      return x;
    }
    while (masks.size() < gates) {
      masks.add(graph.dropout(graph.filled(1, step), rate));
    }
    return graph.product(x, masks.get(Math.min(gate, gates - 1)));
  }

  /**
   * A product of which each gate, so many units along the last axis, has what it reads.
   *
   * @param times multiplies by the kernel of all gates
   */
  Tensor product(Tensor x, int units, UnaryOperator<Tensor> times, int... step) {
    if (gates == 1) {
      return times.apply(of(x, step));
    }
    List<Tensor> parts = new ArrayList<>();
    for (int gate = 0; gate < gates; gate++) {
      parts.add(Parts.of(graph, times.apply(of(gate, x, step)), gate, units));
    }
    return graph.concatenation(parts, parts.get(0).shape().length - 1);
  }
}
