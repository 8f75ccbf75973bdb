package org.lossbook.engine.onednn;

import java.util.List;
import org.bytedeco.dnnl.memory;

/**
 * Reshape: the same numbers in the user's order with other dimensions; copies only to get that
 * order.
 */
final class Reshape extends Unary {
  Reshape(GraphNode x) {
    super(x);
  }

  @Override
  void addForwardSteps(PlanBuilder builder) {
    output.value = renamed(builder, builder.forward, x().value, x().dims(), output.dims());
  }

  @Override
  memory addBackwardSteps(PlanBuilder builder, memory diffDst, boolean needed) {
    return needed ? renamed(builder, builder.backward, diffDst, output.dims(), x().dims()) : null;
  }

  @Override
  long work() {
    return 0;
  }

  private static memory renamed(
      PlanBuilder builder, List<Step> steps, memory from, long[] fromDims, long[] toDims) {
    memory ordered = builder.reordered(steps, from, Formats.channelsLast(fromDims));
    return new memory(Formats.channelsLast(toDims), builder.engine, ordered.get_data_handle());
  }
}
