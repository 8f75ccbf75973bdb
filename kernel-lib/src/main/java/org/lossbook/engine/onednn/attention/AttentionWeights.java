package org.lossbook.engine.onednn.attention;

import java.nio.FloatBuffer;
import java.util.Optional;
import java.util.stream.Stream;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.softmax_forward;
import org.lossbook.Internal;
import org.lossbook.engine.Attention;
import org.lossbook.engine.onednn.operation.Formats;
import org.lossbook.engine.onednn.operation.GraphNode;
import org.lossbook.engine.onednn.operation.Operation;
import org.lossbook.engine.onednn.operation.PlanBuilder;

/**
 * The weights of attention: softmax of scores over the keys that each query may see.
 *
 * @hidden
 */
@Internal
public final class AttentionWeights extends Operation {
  private final Attention how;
  private final Optional<GraphNode> queryMask;
  private final Optional<GraphNode> keyMask;
  private final int queries;
  private final int keys;
  private Optional<VisibleKeys> visible = Optional.empty();
  private softmax_forward.primitive_desc forward;

  private AttentionWeights(
      Attention how,
      Optional<GraphNode> queryMask,
      Optional<GraphNode> keyMask,
      GraphNode... inputs) {
    super(inputs);
    this.how = how;
    this.queryMask = queryMask;
    this.keyMask = keyMask;
    int[] shape = x().shape();
    queries = shape[1];
    keys = shape[2];
  }

  /** The weights for scores {@code [heads, queries, keys]}. */
  public static AttentionWeights of(
      GraphNode scores, Attention how, Optional<GraphNode> queryMask, Optional<GraphNode> keyMask) {
    return new AttentionWeights(
        how,
        queryMask,
        keyMask,
        Stream.of(Optional.of(scores), queryMask, keyMask)
            .flatMap(Optional::stream)
            .toArray(GraphNode[]::new));
  }

  @Override
  public void addForwardSteps(PlanBuilder builder) {
    memory scores = Heads.plain(builder, builder.forward, x().value, x());
    output.value = builder.value(Formats.channelsLast(output.dims()));
    int batch = output.graph.batch();
    if (!how.isPartial() && queryMask.isEmpty() && keyMask.isEmpty()) {
      softmax(builder, scores);
      return;
    }
    FloatBuffer weights = Formats.numbers(output.value);
    var rule =
        new VisibleKeys(
            how, batch, queries, keys, mask(builder, queryMask), mask(builder, keyMask));
    visible = Optional.of(rule);
    builder.copy(builder.forward, scores, output.value);
    builder.forward.add(stream -> rule.hide(weights, 0, batch));
    softmax(builder, output.value);
    builder.forward.add(stream -> rule.settle(weights, 0, batch));
  }

  /** The numbers of a mask; none where there is no mask. */
  static FloatBuffer mask(PlanBuilder builder, Optional<GraphNode> mask) {
    return mask.map(
            node -> Formats.numbers(Heads.plain(builder, builder.forward, node.value, node)))
        .orElseGet(() -> FloatBuffer.allocate(0));
  }

  private memory.desc rows() {
    return Formats.channelsLast(
        new long[] {(long) output.graph.batch() * how.heads() * queries, keys});
  }

  private void softmax(PlanBuilder builder, memory from) {
    forward = Rows.softmax(builder, rows());
    builder.forward.add(
        Rows.step(
            forward, Heads.view(builder, from, rows()), Heads.view(builder, output.value, rows())));
  }

  @Override
  public void addBackwardSteps(PlanBuilder builder, memory diffDst) {
    if (!x().needsGradient()) {
      return;
    }
    memory diff = Heads.plain(builder, builder.backward, diffDst, output);
    memory gradient = builder.memory(Formats.channelsLast(x().dims()));
    builder.backward.add(
        Rows.backwardStep(
            builder,
            forward,
            Heads.view(builder, output.value, rows()),
            Heads.view(builder, diff, rows()),
            Heads.view(builder, gradient, rows())));
    FloatBuffer numbers = Formats.numbers(gradient);
    int batch = output.graph.batch();
    visible.ifPresent(rule -> builder.backward.add(stream -> rule.zero(numbers, 0, batch)));
    builder.addGradient(x(), gradient);
  }
}
