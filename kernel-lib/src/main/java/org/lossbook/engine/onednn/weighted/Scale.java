package org.lossbook.engine.onednn.weighted;

import java.util.Arrays;
import java.util.List;
import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.reduction;
import org.lossbook.Internal;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.onednn.operation.Arguments;
import org.lossbook.engine.onednn.operation.Formats;
import org.lossbook.engine.onednn.operation.GraphNode;
import org.lossbook.engine.onednn.operation.PlanBuilder;
import org.lossbook.engine.onednn.operation.Step;
import org.lossbook.engine.onednn.operation.Unary;

/**
 * Multiplies each channel by a weight: dst = gamma[c] · src.
 *
 * @hidden
 */
@Internal
public final class Scale extends Unary {
  private final Parameters.Slot gamma;

  public Scale(GraphNode x, Parameters.Slot gamma) {
    super(x);
    this.gamma = gamma;
  }

  @Override
  public void addForwardSteps(PlanBuilder builder) {
    output.value = multiplied(builder, builder.forward, x().value);
  }

  @Override
  public memory addBackwardSteps(PlanBuilder builder, memory diffDst, boolean needed) {
    if (isTrained()) {
      memory products =
          builder.binary(builder.backward, dnnl.algorithm.binary_mul, x().value, diffDst);
      memory diffGamma = builder.gradient(gamma, channels(), channels());
      sum(builder, products, diffGamma);
      builder.gradientWritten(gamma, channels(), diffGamma);
    }
    return needed ? multiplied(builder, builder.backward, diffDst) : null;
  }

  /** The sum over samples and positions; oneDNN refuses one over nothing. */
  private void sum(PlanBuilder builder, memory from, memory to) {
    if (output.graph.batch() * x().size() == gamma.size()) {
      builder.copy(builder.backward, from, to);
      return;
    }
    var sum =
        new reduction.primitive_desc(
            builder.engine,
            dnnl.algorithm.reduction_sum,
            from.get_desc(),
            to.get_desc(),
            0,
            0,
            builder.plain,
            false);
    builder.backward.add(
        Step.of(
            "sum by channel",
            new reduction(sum),
            Arguments.of(dnnl.DNNL_ARG_SRC, from).and(dnnl.DNNL_ARG_DST, to)));
  }

  private memory multiplied(PlanBuilder builder, List<Step> steps, memory from) {
    memory to = builder.memory(from.get_desc());
    memory factors = builder.parameter(gamma, channels());
    var product =
        new binary.primitive_desc(
            builder.engine,
            dnnl.algorithm.binary_mul,
            from.get_desc(),
            channels(),
            to.get_desc(),
            builder.plain,
            false);
    steps.add(
        Step.of(
            "scaling by channel",
            new binary(product),
            Arguments.of(dnnl.DNNL_ARG_SRC_0, from)
                .and(dnnl.DNNL_ARG_SRC_1, factors)
                .and(dnnl.DNNL_ARG_DST, to)));
    return to;
  }

  /** [1, c, 1, …]: the same for all samples and positions. */
  private memory.desc channels() {
    long[] dims = x().dims();
    long channels = dims[1];
    Arrays.fill(dims, 1);
    dims[1] = channels;
    return Formats.channelsLast(dims);
  }

  @Override
  public boolean isTrained() {
    return gamma.parameter().trainable();
  }
}
