package org.lossbook.engine.onednn.recurrent;

import java.util.List;
import java.util.Optional;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.matmul;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.FloatPointer;
import org.lossbook.engine.onednn.operation.Arguments;
import org.lossbook.engine.onednn.operation.Formats;
import org.lossbook.engine.onednn.operation.PlanBuilder;
import org.lossbook.engine.onednn.operation.Step;

/**
 * Products of matrices: those over all steps are steps of the plan, those of one step are calls.
 */
final class Products {
  private static final byte PLAIN = 'N';
  private static final byte TRANSPOSED = 'T';

  private Products() {}

  /** A matrix in a memory, row by row. */
  static memory matrix(PlanBuilder builder, memory numbers, int offset, int rows, int columns) {
    return matrix(builder, numbers, offset, rows, columns, columns);
  }

  /** A matrix whose rows begin so many numbers after each other. */
  static memory matrix(
      PlanBuilder builder, memory numbers, int offset, int rows, int columns, int stride) {
    return new memory(
        Formats.strided(new long[] {rows, columns}, new long[] {stride, 1}),
        builder.engine,
        Blocks.from(numbers, offset));
  }

  /** The same numbers, rows read as columns. */
  static memory transposed(PlanBuilder builder, memory matrix) {
    memory.desc layout = matrix.get_desc();
    long[] dims = new long[2];
    long[] strides = new long[2];
    layout.get_dims().get(dims);
    layout.get_strides().get(strides);
    return new memory(
        Formats.strided(new long[] {dims[1], dims[0]}, new long[] {strides[1], strides[0]}),
        builder.engine,
        matrix.get_data_handle());
  }

  /** Adds the step that writes left · right + bias. */
  static void add(
      PlanBuilder builder,
      List<Step> steps,
      memory left,
      memory right,
      Optional<memory> bias,
      memory to) {
    var description =
        bias.isPresent()
            ? new matmul.primitive_desc(
                builder.engine,
                left.get_desc(),
                right.get_desc(),
                bias.get().get_desc(),
                to.get_desc(),
                builder.plain,
                false)
            : new matmul.primitive_desc(
                builder.engine,
                left.get_desc(),
                right.get_desc(),
                to.get_desc(),
                builder.plain,
                false);
    steps.add(
        Step.of(
            "matrix product of all steps",
            new matmul(description),
            Arguments.of(dnnl.DNNL_ARG_SRC, left)
                .and(dnnl.DNNL_ARG_WEIGHTS, right)
                .and(dnnl.DNNL_ARG_BIAS, bias)
                .and(dnnl.DNNL_ARG_DST, to)));
  }

  /** A part of the recurrent kernel, by which the state of each step is multiplied. */
  record Factor(FloatPointer start, int inputs, int outputs, int stride) {
    /** to = kept · to + state · kernel, for so many rows. */
    void multiply(int rows, FloatPointer state, int width, float kept, FloatPointer to, int into) {
      multiply(PLAIN, rows, outputs, inputs, state, width, kept, to, into);
    }

    /** to = kept · to + gradient · transposed kernel, for so many rows. */
    void multiplyBack(
        int rows, FloatPointer gradient, int width, float kept, FloatPointer to, int into) {
      multiply(TRANSPOSED, rows, inputs, outputs, gradient, width, kept, to, into);
    }

    private void multiply(
        byte how,
        int rows,
        int columns,
        int inner,
        FloatPointer left,
        int width,
        float kept,
        FloatPointer to,
        int into) {
      int status =
          dnnl.dnnl_sgemm(
              PLAIN, how, rows, columns, inner, 1, left, width, start, stride, kept, to, into);
      if (status != dnnl.dnnl_success) {
        throw new IllegalStateException(
            "oneDNN could not run the matrix product of a step: status " + status + ".");
      }
    }
  }
}
