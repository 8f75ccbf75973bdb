package org.lossbook.engine.onednn.attention;

import java.util.List;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.matmul;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;
import org.lossbook.engine.onednn.operation.Arguments;
import org.lossbook.engine.onednn.operation.Formats;
import org.lossbook.engine.onednn.operation.GraphNode;
import org.lossbook.engine.onednn.operation.PlanBuilder;
import org.lossbook.engine.onednn.operation.Step;

/**
 * How the numbers of a sample are a matrix for each head: as oneDNN's dimensions and strides, so
 * that nothing is copied to bring heads together.
 *
 * @param isInColumns whether the heads lie side by side in each row, {@code [rows, heads ·
 *     columns]}; else they lie one after the other, {@code [heads, rows, columns]}
 */
record Heads(int heads, int rows, int columns, boolean isInColumns) {
  /** The matrices of a value {@code [rows, heads · columns]}. */
  static Heads inColumns(GraphNode node, int heads) {
    int[] shape = node.shape();
    return new Heads(heads, shape[0], shape[1] / heads, true);
  }

  /** The matrices of a value {@code [heads, rows, columns]}, or the one of a value of two axes. */
  static Heads stacked(GraphNode node) {
    int[] shape = node.shape();
    int rank = shape.length;
    int heads = 1;
    for (int axis = 0; axis < rank - 2; axis++) {
      heads *= shape[axis];
    }
    return new Heads(heads, shape[rank - 2], shape[rank - 1], false);
  }

  /** The layout of so many samples. */
  memory.desc layout(int samples) {
    return Formats.strided(
        new long[] {samples, heads, rows, columns},
        new long[] {sample(), headStride(), rowStride(), 1});
  }

  /** The layout of the transposed matrices. */
  memory.desc transposed(int samples) {
    return Formats.strided(
        new long[] {samples, heads, columns, rows},
        new long[] {sample(), headStride(), 1, rowStride()});
  }

  private long headStride() {
    return isInColumns ? columns : (long) rows * columns;
  }

  private long rowStride() {
    return isInColumns ? (long) heads * columns : columns;
  }

  /** The numbers of a sample. */
  long sample() {
    return (long) heads * rows * columns;
  }

  /** The numbers of a value in the user's order. */
  static memory plain(PlanBuilder builder, List<Step> steps, memory value, GraphNode node) {
    return builder.reordered(steps, value, Formats.channelsLast(node.dims()));
  }

  /** A memory seen in another layout. */
  static memory view(PlanBuilder builder, memory numbers, memory.desc layout) {
    return new memory(layout, builder.engine, numbers.get_data_handle());
  }

  /** The step to = scale · left · right, matrix by matrix. */
  static Step product(PlanBuilder builder, memory left, memory right, memory to, double scale) {
    primitive_attr attributes = new primitive_attr();
    if (scale != 1) {
      post_ops scaled = new post_ops();
      scaled.append_eltwise(dnnl.algorithm.eltwise_linear, (float) scale, 0);
      attributes.set_post_ops(scaled);
    }
    var description =
        new matmul.primitive_desc(
            builder.engine, left.get_desc(), right.get_desc(), to.get_desc(), attributes, false);
    return Step.of(
        "matrix product",
        new matmul(description),
        Arguments.of(dnnl.DNNL_ARG_SRC, left)
            .and(dnnl.DNNL_ARG_WEIGHTS, right)
            .and(dnnl.DNNL_ARG_DST, to));
  }
}
