package org.lossbook.engine.onednn.shape;

import java.util.List;
import org.bytedeco.dnnl.memory;
import org.lossbook.Internal;
import org.lossbook.engine.onednn.operation.Formats;
import org.lossbook.engine.onednn.operation.GraphNode;
import org.lossbook.engine.onednn.operation.PlanBuilder;
import org.lossbook.engine.onednn.operation.Step;
import org.lossbook.engine.onednn.operation.Unary;

/**
 * Reshape: the same numbers in the user's order with other dimensions; copies only to get that
 * order.
 *
 * @hidden
 */
@Internal
public final class Reshape extends Unary {
  public Reshape(GraphNode x) {
    super(x);
  }

  @Override
  public void addForwardSteps(PlanBuilder builder) {
    output.value = renamed(builder, builder.forward, x().value, x().dims(), output.dims());
  }

  @Override
  public memory addBackwardSteps(PlanBuilder builder, memory diffDst, boolean needed) {
    return needed ? renamed(builder, builder.backward, diffDst, output.dims(), x().dims()) : null;
  }

  @Override
  public long work() {
    return 0;
  }

  private static memory renamed(
      PlanBuilder builder, List<Step> steps, memory from, long[] fromDims, long[] toDims) {
    memory ordered = builder.reordered(steps, from, Formats.channelsLast(fromDims));
    return new memory(Formats.channelsLast(toDims), builder.engine, ordered.get_data_handle());
  }
}
