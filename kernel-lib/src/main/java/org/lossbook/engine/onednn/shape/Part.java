package org.lossbook.engine.onednn.shape;

import java.nio.FloatBuffer;
import java.util.List;
import org.bytedeco.dnnl.memory;
import org.lossbook.engine.onednn.operation.Formats;
import org.lossbook.engine.onednn.operation.GraphNode;
import org.lossbook.engine.onednn.operation.PlanBuilder;
import org.lossbook.engine.onednn.operation.Step;

/** A box of a larger array: copied out of it, or put into zeros. */
final class Part {
  private final GraphNode whole;
  private final GraphNode part;
  private final long[] from;

  /**
   * @param before for each axis of a sample where the part begins
   */
  Part(GraphNode whole, GraphNode part, int... before) {
    this.whole = whole;
    this.part = part;
    from = new long[whole.dims().length];
    for (int axis = 0; axis < before.length; axis++) {
      from[Formats.axis(before.length, axis)] = before[axis];
    }
  }

  /** The part in a memory of its own. */
  memory cutOut(PlanBuilder builder, List<Step> steps, memory all) {
    memory plain = builder.reordered(steps, all, Formats.channelsLast(whole.dims()));
    memory result = builder.written(steps, Formats.channelsLast(part.dims()));
    builder.copy(steps, view(builder, plain), result);
    return result;
  }

  /** The whole, zero but for the part. */
  memory amongZeros(PlanBuilder builder, List<Step> steps, memory some) {
    memory result = builder.written(steps, Formats.channelsLast(whole.dims()));
    FloatBuffer numbers = Formats.numbers(result);
    // Each time, because a gradient may be overwritten.
    steps.add(stream -> Formats.zero(numbers));
    builder.copy(steps, some, view(builder, result));
    return result;
  }

  /** Adds to the part of a whole. */
  void addTo(PlanBuilder builder, List<Step> steps, memory some, memory all) {
    builder.addTo(steps, some, view(builder, all));
  }

  private memory view(PlanBuilder builder, memory plain) {
    return new memory(
        plain.get_desc().submemory_desc(part.dims(), from),
        builder.engine,
        plain.get_data_handle());
  }
}
