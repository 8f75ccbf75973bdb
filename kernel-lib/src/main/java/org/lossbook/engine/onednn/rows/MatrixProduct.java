package org.lossbook.engine.onednn.rows;

import java.util.List;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.matmul;
import org.bytedeco.dnnl.memory;
import org.lossbook.Internal;
import org.lossbook.engine.onednn.operation.Arguments;
import org.lossbook.engine.onednn.operation.Formats;
import org.lossbook.engine.onednn.operation.GraphNode;
import org.lossbook.engine.onednn.operation.Operation;
import org.lossbook.engine.onednn.operation.PlanBuilder;
import org.lossbook.engine.onednn.operation.Step;

/**
 * Matrix product of each sample: z = x · y. {@code [m, k], [k, n] -> [m, n]}. Its gradients are dx
 * = dz · yᵀ and dy = xᵀ · dz.
 *
 * @hidden
 */
@Internal
public final class MatrixProduct extends Operation {
  private memory x;
  private memory y;

  public MatrixProduct(GraphNode x, GraphNode y) {
    super(x, y);
  }

  /** A matrix for each sample: rows of numbers side by side. */
  private static memory matrices(
      PlanBuilder builder, List<Step> steps, memory value, GraphNode node) {
    memory plain = builder.reordered(steps, value, Formats.channelsLast(node.dims()));
    long[] dims = dims(node);
    return new memory(
        Formats.strided(dims, new long[] {dims[1] * dims[2], dims[2], 1}),
        builder.engine,
        plain.get_data_handle());
  }

  private static long[] dims(GraphNode node) {
    int[] shape = node.shape();
    return new long[] {node.graph.batch(), shape[0], shape[1]};
  }

  /** The transposed matrices: the same numbers, read column by column. */
  private static memory transposed(PlanBuilder builder, memory matrices, GraphNode node) {
    long[] dims = dims(node);
    return new memory(
        Formats.strided(
            new long[] {dims[0], dims[2], dims[1]}, new long[] {dims[1] * dims[2], 1, dims[2]}),
        builder.engine,
        matrices.get_data_handle());
  }

  @Override
  public void addForwardSteps(PlanBuilder builder) {
    x = matrices(builder, builder.forward, x().value, x());
    y = matrices(builder, builder.forward, y().value, y());
    output.value = builder.value(Formats.channelsLast(output.dims()));
    memory to = matrices(builder, builder.forward, output.value, output);
    multiply(builder, builder.forward, x, y, to);
  }

  @Override
  public void addBackwardSteps(PlanBuilder builder, memory diffDst) {
    memory diff = matrices(builder, builder.backward, diffDst, output);
    addGradient(builder, x(), diff, transposed(builder, y, y()));
    addGradient(builder, y(), transposed(builder, x, x()), diff);
  }

  private static void addGradient(PlanBuilder builder, GraphNode node, memory left, memory right) {
    if (node.needsGradient()) {
      memory gradient = builder.memory(Formats.channelsLast(node.dims()));
      memory to = matrices(builder, builder.backward, gradient, node);
      multiply(builder, builder.backward, left, right, to);
      builder.addGradient(node, gradient);
    }
  }

  private static void multiply(
      PlanBuilder builder, List<Step> steps, memory left, memory right, memory to) {
    var description =
        new matmul.primitive_desc(
            builder.engine, left.get_desc(), right.get_desc(), to.get_desc(), builder.plain, false);
    steps.add(
        Step.of(
            "matrix product",
            new matmul(description),
            Arguments.of(dnnl.DNNL_ARG_SRC, left)
                .and(dnnl.DNNL_ARG_WEIGHTS, right)
                .and(dnnl.DNNL_ARG_DST, to)));
  }

  private GraphNode y() {
    return inputs.get(1);
  }

  @Override
  public long work() {
    return super.work() * x().shape()[1];
  }
}
