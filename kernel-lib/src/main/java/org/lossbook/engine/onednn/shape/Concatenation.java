package org.lossbook.engine.onednn.shape;

import org.bytedeco.dnnl.concat;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.memory_desc_vector;
import org.lossbook.Internal;
import org.lossbook.engine.onednn.operation.Arguments;
import org.lossbook.engine.onednn.operation.Formats;
import org.lossbook.engine.onednn.operation.GraphNode;
import org.lossbook.engine.onednn.operation.Operation;
import org.lossbook.engine.onednn.operation.PlanBuilder;
import org.lossbook.engine.onednn.operation.Step;

/**
 * Concatenation along an axis.
 *
 * @hidden
 */
@Internal
public final class Concatenation extends Operation {
  private final int axis;

  /**
   * @param axis in oneDNN's dimensions
   */
  public Concatenation(GraphNode[] parts, int axis) {
    super(parts);
    this.axis = axis;
  }

  @Override
  public void addForwardSteps(PlanBuilder builder) {
    output.value = builder.value(Formats.channelsLast(output.dims()));
    var layouts = new memory.desc[inputs.size()];
    var arguments = Arguments.of(dnnl.DNNL_ARG_DST, output.value);
    for (int i = 0; i < layouts.length; i++) {
      memory part = inputs.get(i).value;
      layouts[i] = part.get_desc();
      arguments.and(dnnl.DNNL_ARG_MULTIPLE_SRC + i, part);
    }
    var description =
        new concat.primitive_desc(
            builder.engine,
            output.value.get_desc(),
            axis,
            new memory_desc_vector(layouts),
            builder.plain,
            false);
    builder.forward.add(Step.of("concatenation", new concat(description), arguments));
  }

  @Override
  public void addBackwardSteps(PlanBuilder builder, memory diffDst) {
    memory plain =
        builder.reordered(builder.backward, diffDst, Formats.channelsLast(output.dims()));
    long[] from = new long[output.dims().length];
    for (GraphNode part : inputs) {
      if (part.needsGradient()) {
        memory.desc its = plain.get_desc().submemory_desc(part.dims(), from);
        memory gradient = builder.memory(Formats.channelsLast(part.dims()));
        builder.copy(
            builder.backward, new memory(its, builder.engine, plain.get_data_handle()), gradient);
        builder.addGradient(part, gradient);
      }
      from[axis] += part.dims()[axis];
    }
  }
}
