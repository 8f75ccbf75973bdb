package org.lossbook.engine.onednn;

import org.bytedeco.dnnl.concat;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.memory_desc_vector;

/** Concatenation along an axis. */
final class Concatenation extends Operation {
  private final int axis;

  /**
   * @param axis in oneDNN's dimensions
   */
  Concatenation(GraphNode[] parts, int axis) {
    super(parts);
    this.axis = axis;
  }

  @Override
  void forward(PlanBuilder program) {
    output.value = program.memory(Formats.channelsLast(output.dims()));
    var layouts = new memory.desc[inputs.size()];
    var arguments = Arguments.of(dnnl.DNNL_ARG_DST, output.value);
    for (int i = 0; i < layouts.length; i++) {
      memory part = inputs.get(i).value;
      layouts[i] = part.get_desc();
      arguments.and(dnnl.DNNL_ARG_MULTIPLE_SRC + i, part);
    }
    var description =
        new concat.primitive_desc(
            program.engine,
            output.value.get_desc(),
            axis,
            new memory_desc_vector(layouts),
            program.plain,
            false);
    program.forward.add(Step.of("concatenation", new concat(description), arguments));
  }

  @Override
  void backward(PlanBuilder program, memory diffDst) {
    memory plain =
        program.reordered(program.backward, diffDst, Formats.channelsLast(output.dims()));
    long[] from = new long[output.dims().length];
    for (GraphNode part : inputs) {
      if (part.needsGradient()) {
        memory.desc its = plain.get_desc().submemory_desc(part.dims(), from);
        memory gradient = program.memory(Formats.channelsLast(part.dims()));
        program.copy(
            program.backward, new memory(its, program.engine, plain.get_data_handle()), gradient);
        program.addGradient(part, gradient);
      }
      from[axis] += part.dims()[axis];
    }
  }
}
