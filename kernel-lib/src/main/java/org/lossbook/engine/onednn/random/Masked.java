package org.lossbook.engine.onednn.random;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.lossbook.engine.Shapes;
import org.lossbook.engine.onednn.operation.Formats;
import org.lossbook.engine.onednn.operation.GraphNode;
import org.lossbook.engine.onednn.operation.PlanBuilder;
import org.lossbook.engine.onednn.operation.RandomOp;
import org.lossbook.engine.onednn.shape.AxisLoop;

/** An operation that multiplies by a random mask, forward and backward. */
abstract class Masked extends RandomOp {
  private final int[] drawnShape;
  private memory mask;

  Masked(GraphNode x, int place) {
    this(x, place, x.shape());
  }

  /**
   * @param drawnShape the shape of the mask of a sample: where an extent is 1, the numbers along
   *     that axis have the same mask
   */
  Masked(GraphNode x, int place, int... drawnShape) {
    super(x, place);
    this.drawnShape = drawnShape.clone();
  }

  /** The layout of the mask. */
  memory.desc layout() {
    return x().value.get_desc();
  }

  @Override
  public void addForwardSteps(PlanBuilder builder) {
    mask = mask(builder);
    output.value =
        builder.binary(builder.forward, dnnl.algorithm.binary_mul, mask, masked(builder));
  }

  /** What is multiplied by the mask. */
  memory masked(PlanBuilder builder) {
    return x().value;
  }

  private memory mask(PlanBuilder builder) {
    if (Arrays.equals(drawnShape, x().shape())) {
      return drawn(builder, layout());
    }
    int batch = output.graph.batch();
    long size = Math.multiplyExact((long) batch, Shapes.size(drawnShape));
    FloatBuffer from = Formats.numbers(drawn(builder, Formats.vector(size)));
    memory whole = builder.memory(Formats.channelsLast(x().dims()));
    FloatBuffer to = Formats.numbers(whole);
    AxisLoop loop = new AxisLoop(batch, x().shape(), drawnShape);
    builder.forward.add(stream -> loop.repeat(from, to));
    return whole;
  }

  @Override
  public memory addBackwardSteps(PlanBuilder builder, memory diffDst, boolean needed) {
    return needed
        ? builder.binary(builder.backward, dnnl.algorithm.binary_mul, mask, diffDst)
        : null;
  }
}
