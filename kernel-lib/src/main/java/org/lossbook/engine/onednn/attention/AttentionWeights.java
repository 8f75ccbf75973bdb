package org.lossbook.engine.onednn.attention;

import java.nio.FloatBuffer;
import java.util.Optional;
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
  private final MaskNodes masks;
  private final int queries;
  private final int keys;
  private Optional<VisibleKeys> visible = Optional.empty();
  private softmax_forward.primitive_desc forward;

  private AttentionWeights(GraphNode scores, Attention how, MaskNodes masks) {
    super(masks.behind(scores));
    this.how = how;
    this.masks = masks;
    int[] shape = x().shape();
    queries = shape[1];
    keys = shape[2];
  }

  /** The weights for scores {@code [heads, queries, keys]}. */
  public static AttentionWeights of(GraphNode scores, Attention how, MaskNodes masks) {
    return new AttentionWeights(scores, how, masks);
  }

  @Override
  public void addForwardSteps(PlanBuilder builder) {
    memory scores = Heads.plain(builder, builder.forward, x().value, x());
    output.value = builder.value(Formats.channelsLast(output.dims()));
    int batch = output.graph.batch();
    visible = masks.visible(builder, how, batch, queries, keys);
    if (visible.isEmpty()) {
      softmax(builder, scores);
      return;
    }
    FloatBuffer weights = Formats.numbers(output.value);
    VisibleKeys rule = visible.get();
    builder.copy(builder.forward, scores, output.value);
    builder.forward.add(stream -> rule.hide(weights, 0, batch));
    softmax(builder, output.value);
    builder.forward.add(stream -> rule.settle(weights, 0, batch));
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
