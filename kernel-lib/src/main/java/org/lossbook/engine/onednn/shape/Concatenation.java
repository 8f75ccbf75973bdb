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
    int block = block();
    memory.desc layout = layout(output, block);
    output.value = builder.value(layout);
    var layouts = new memory.desc[inputs.size()];
    var arguments = Arguments.of(dnnl.DNNL_ARG_DST, output.value);
    for (int i = 0; i < layouts.length; i++) {
      GraphNode node = inputs.get(i);
      memory part =
          block == 0
              ? node.value
              : builder.reordered(builder.forward, node.value, layout(node, block));
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

  /**
   * The block of channels that all parts can have, if the layout of one of them has it: then
   * nothing need be brought into another layout and back between convolutions.
   */
  private int block() {
    for (GraphNode part : inputs) {
      int block = Formats.channelBlock(part.value.get_desc());
      if (block > 0
          && inputs.stream()
              .allMatch(other -> Formats.channelsBlocked(other.dims(), block).isPresent())) {
        return block;
      }
    }
    return 0;
  }

  private static memory.desc layout(GraphNode node, int block) {
    return Formats.channelsBlocked(node.dims(), block)
        .orElseGet(() -> Formats.channelsLast(node.dims()));
  }

  @Override
  public void addBackwardSteps(PlanBuilder builder, memory diffDst) {
    memory plain = builder.reordered(builder.backward, diffDst, output.value.get_desc());
    int block = Formats.channelBlock(plain.get_desc());
    long[] from = new long[output.dims().length];
    for (GraphNode part : inputs) {
      if (part.needsGradient()) {
        memory.desc its = plain.get_desc().submemory_desc(part.dims(), from);
        memory gradient = builder.memory(layout(part, block));
        builder.copy(
            builder.backward, new memory(its, builder.engine, plain.get_data_handle()), gradient);
        builder.addGradient(part, gradient);
      }
      from[axis] += part.dims()[axis];
    }
  }
}
