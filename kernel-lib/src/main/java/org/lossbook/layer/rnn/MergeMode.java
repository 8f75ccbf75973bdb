package org.lossbook.layer.rnn;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.lossbook.base.Messages;
import org.lossbook.config.Shown;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Shapes;
import org.lossbook.engine.Tensor;

/** How a bidirectional layer makes one output of its two. */
enum MergeMode {
  CONCAT,
  SUM,
  MUL,
  AVE,
  NONE;

  static MergeMode of(String name) {
    return Arrays.stream(values())
        .filter(each -> each.saved().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                Messages.wrong(
                    "bidirectional expects one of the merge modes concat, sum, mul, ave and none but receives %s: concat is the default.",
                    name == null ? "null" : Shown.of(name)));
  }

  String saved() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether the two outputs have to be of one shape. */
  boolean needsEqual() {
    return this != CONCAT && this != NONE;
  }

  int[] shape(int[] one, int[] other) {
    int[] shape = one.clone();
    shape[shape.length - 1] += this == CONCAT ? Shapes.last(other) : 0;
    return shape;
  }

  Tensor merged(Graph graph, Tensor forward, Tensor backward) {
    return switch (this) {
      case CONCAT -> graph.concatenation(List.of(forward, backward), forward.shape().length - 1);
      case SUM -> graph.sum(List.of(forward, backward), 1, 1);
      case AVE -> graph.sum(List.of(forward, backward), 0.5f, 0.5f);
      case MUL -> graph.product(forward, backward);
      case NONE -> forward;
    };
  }
}
