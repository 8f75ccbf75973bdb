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
  void forward(PlanBuilder program) {
    output.value = renamed(program, program.forward, x().value, x().dims(), output.dims());
  }

  @Override
  memory backward(PlanBuilder program, memory diffDst, boolean needed) {
    return needed ? renamed(program, program.backward, diffDst, output.dims(), x().dims()) : null;
  }

  @Override
  long work() {
    return 0;
  }

  private static memory renamed(
      PlanBuilder program, List<Step> steps, memory from, long[] fromDims, long[] toDims) {
    memory ordered = program.reordered(steps, from, Formats.channelsLast(fromDims));
    return new memory(Formats.channelsLast(toDims), program.engine, ordered.get_data_handle());
  }
}
