package org.lossbook.engine.onednn.shape;

import java.nio.FloatBuffer;
import org.bytedeco.dnnl.memory;
import org.lossbook.Internal;
import org.lossbook.engine.onednn.operation.Formats;
import org.lossbook.engine.onednn.operation.GraphNode;
import org.lossbook.engine.onednn.operation.PlanBuilder;
import org.lossbook.engine.onednn.operation.Unary;

/**
 * Repeats numbers along the axes where their extent is 1 and the output's is not; the gradient is
 * the sum over those axes.
 *
 * @hidden
 */
@Internal
public final class Broadcast extends Unary {
  private AxisLoop loop;

  public Broadcast(GraphNode x) {
    super(x);
  }

  @Override
  public void addForwardSteps(PlanBuilder builder) {
    loop = new AxisLoop(output.graph.batch(), output.shape(), x().shape());
    FloatBuffer from = numbers(builder, x());
    output.value = builder.value(Formats.channelsLast(output.dims()));
    FloatBuffer to = Formats.numbers(output.value);
    builder.forward.add(stream -> loop.repeat(from, to));
  }

  @Override
  public memory addBackwardSteps(PlanBuilder builder, memory diffDst, boolean needed) {
    if (!needed) {
      return null;
    }
    memory whole =
        builder.reordered(builder.backward, diffDst, Formats.channelsLast(output.dims()));
    memory diffSrc = builder.memory(Formats.channelsLast(x().dims()));
    FloatBuffer from = Formats.numbers(whole);
    FloatBuffer to = Formats.numbers(diffSrc);
    builder.backward.add(stream -> loop.sum(from, 1, to));
    return diffSrc;
  }

  private static FloatBuffer numbers(PlanBuilder builder, GraphNode node) {
    return Formats.numbers(
        builder.reordered(builder.forward, node.value, Formats.channelsLast(node.dims())));
  }
}
