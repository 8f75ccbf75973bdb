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
 * Permutes the axes of a sample: one reorder of a view of the numbers.
 *
 * @hidden
 */
@Internal
public final class Permute extends Unary {
  private final int[] order;

  /**
   * @param order for each axis of the output the input's, from 0
   */
  public Permute(GraphNode x, int... order) {
    super(x);
    this.order = order.clone();
  }

  @Override
  public void addForwardSteps(PlanBuilder builder) {
    output.value = permuted(builder, builder.forward, x().value, x(), output, order);
  }

  @Override
  public memory addBackwardSteps(PlanBuilder builder, memory diffDst, boolean needed) {
    return needed
        ? permuted(builder, builder.backward, diffDst, output, x(), inverse(order))
        : null;
  }

  private static memory permuted(
      PlanBuilder builder,
      List<Step> steps,
      memory from,
      GraphNode node,
      GraphNode to,
      int... order) {
    int rank = order.length;
    memory plain = builder.reordered(steps, from, Formats.channelsLast(node.dims()));
    long[] strides = new long[rank + 1];
    strides[0] = node.size();
    for (int axis = 0; axis < rank; axis++) {
      strides[Formats.axis(rank, axis)] = stride(node.shape(), order[axis]);
    }
    memory view =
        new memory(Formats.strided(to.dims(), strides), builder.engine, plain.get_data_handle());
    memory result = builder.written(steps, Formats.channelsLast(to.dims()));
    builder.copy(steps, view, result);
    return result;
  }

  private static long stride(int[] shape, int axis) {
    long stride = 1;
    for (int i = axis + 1; i < shape.length; i++) {
      stride *= shape[i];
    }
    return stride;
  }

  private static int[] inverse(int... order) {
    int[] inverse = new int[order.length];
    for (int axis = 0; axis < order.length; axis++) {
      inverse[order[axis]] = axis;
    }
    return inverse;
  }
}
