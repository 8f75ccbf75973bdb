package org.lossbook.engine.onednn.shape;

import java.nio.FloatBuffer;
import org.bytedeco.dnnl.memory;
import org.lossbook.Internal;
import org.lossbook.engine.onednn.operation.Formats;
import org.lossbook.engine.onednn.operation.GraphNode;
import org.lossbook.engine.onednn.operation.PlanBuilder;
import org.lossbook.engine.onednn.operation.Unary;

/**
 * The mean over the axes where the output's extent is 1, added up in double precision.
 *
 * @hidden
 */
@Internal
public final class Mean extends Unary {
  private AxisLoop loop;

  public Mean(GraphNode x) {
    super(x);
  }

  @Override
  public void addForwardSteps(PlanBuilder builder) {
    loop = new AxisLoop(output.graph.batch(), x().shape(), output.shape());
    double factor = factor();
    FloatBuffer from =
        Formats.numbers(
            builder.reordered(builder.forward, x().value, Formats.channelsLast(x().dims())));
    output.value = builder.value(Formats.channelsLast(output.dims()));
    FloatBuffer to = Formats.numbers(output.value);
    builder.forward.add(stream -> loop.sum(from, factor, to));
  }

  @Override
  public memory addBackwardSteps(PlanBuilder builder, memory diffDst, boolean needed) {
    if (!needed) {
      return null;
    }
    memory plain =
        builder.reordered(builder.backward, diffDst, Formats.channelsLast(output.dims()));
    FloatBuffer from = Formats.numbers(builder.scaled(builder.backward, plain, (float) factor()));
    memory diffSrc = builder.memory(Formats.channelsLast(x().dims()));
    FloatBuffer to = Formats.numbers(diffSrc);
    builder.backward.add(stream -> loop.repeat(from, to));
    return diffSrc;
  }

  private double factor() {
    return (double) output.size() / x().size();
  }

  @Override
  public long work() {
    return (long) x().size() * output.graph.batch();
  }
}
