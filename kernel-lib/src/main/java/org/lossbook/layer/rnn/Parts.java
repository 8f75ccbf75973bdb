package org.lossbook.layer.rnn;

import org.lossbook.engine.Graph;
import org.lossbook.engine.Tensor;

/** Parts of equal width along the last axis, such as the gates of a cell. */
final class Parts {
  private Parts() {}

  static Tensor of(Graph graph, Tensor x, int index, int width) {
    int[] to = x.shape();
    int[] from = new int[to.length];
    int last = to.length - 1;
    from[last] = index * width;
    to[last] = (index + 1) * width;
    return graph.slice(x, from, to);
  }
}
