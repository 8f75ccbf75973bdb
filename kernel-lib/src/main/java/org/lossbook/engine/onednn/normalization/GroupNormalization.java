package org.lossbook.engine.onednn.normalization;

import java.util.Optional;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.group_normalization_backward;
import org.bytedeco.dnnl.group_normalization_forward;
import org.bytedeco.dnnl.memory;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.onednn.operation.Arguments;
import org.lossbook.engine.onednn.operation.Formats;
import org.lossbook.engine.onednn.operation.GraphNode;
import org.lossbook.engine.onednn.operation.PlanBuilder;
import org.lossbook.engine.onednn.operation.Step;

/**
 * Group normalization of the last axis: dst = gamma · (src − mean) / √(variance + ε) + beta, with
 * the mean and the variance of a group of channels over all places of a sample.
 */
final class GroupNormalization extends ScaledOperation {
  private final int groups;
  private group_normalization_forward.primitive_desc descriptor;
  private memory src;
  private memory mean;
  private memory variance;

  GroupNormalization(
      GraphNode x,
      int groups,
      Optional<Parameters.Slot> gamma,
      Optional<Parameters.Slot> beta,
      double epsilon) {
    super(x, gamma, beta, epsilon);
    this.groups = groups;
  }

  @Override
  public void addForwardSteps(PlanBuilder builder) {
    memory.desc plain = Formats.channelsLast(output.dims());
    src = places(builder, builder.reordered(builder.forward, x().value, plain));
    output.value = builder.memory(plain);
    memory dst = places(builder, output.value);
    descriptor =
        new group_normalization_forward.primitive_desc(
            builder.engine,
            builder.training ? dnnl.dnnl_forward_training : dnnl.dnnl_forward_inference,
            src.get_desc(),
            dst.get_desc(),
            groups,
            epsilon,
            scaleFlags(),
            builder.plain,
            false);
    Arguments arguments =
        Arguments.of(dnnl.DNNL_ARG_SRC, src)
            .and(dnnl.DNNL_ARG_SCALE, gamma.map(g -> parameter(builder, g)))
            .and(dnnl.DNNL_ARG_SHIFT, beta.map(b -> parameter(builder, b)))
            .and(dnnl.DNNL_ARG_DST, dst);
    if (builder.training) {
      long[] dims = {output.dims()[0], groups};
      memory.desc statistics = Formats.strided(dims, new long[] {groups, 1});
      mean = builder.memory(statistics);
      variance = builder.memory(statistics);
      arguments.and(dnnl.DNNL_ARG_MEAN, mean).and(dnnl.DNNL_ARG_VARIANCE, variance);
    }
    builder.forward.add(
        Step.of("group normalization", new group_normalization_forward(descriptor), arguments));
  }

  @Override
  public memory addBackwardSteps(PlanBuilder builder, memory diffDst, boolean needed) {
    memory.desc plain = Formats.channelsLast(output.dims());
    memory diff = places(builder, builder.reordered(builder.backward, diffDst, plain));
    memory diffSrc = builder.memory(plain);
    memory diffPlaces = places(builder, diffSrc);
    Optional<memory> diffGamma = gamma.map(g -> gradient(builder, g));
    Optional<memory> diffBeta = beta.map(b -> gradient(builder, b));
    var backward =
        new group_normalization_backward.primitive_desc(
            builder.engine,
            dnnl.dnnl_backward,
            diffPlaces.get_desc(),
            diff.get_desc(),
            src.get_desc(),
            groups,
            epsilon,
            scaleFlags(),
            descriptor,
            builder.plain,
            false);
    builder.backward.add(
        Step.of(
            "group normalization backward",
            new group_normalization_backward(backward),
            Arguments.of(dnnl.DNNL_ARG_SRC, src)
                .and(dnnl.DNNL_ARG_MEAN, mean)
                .and(dnnl.DNNL_ARG_VARIANCE, variance)
                .and(dnnl.DNNL_ARG_DIFF_DST, diff)
                .and(dnnl.DNNL_ARG_SCALE, gamma.map(g -> parameter(builder, g)))
                .and(dnnl.DNNL_ARG_DIFF_SRC, diffPlaces)
                .and(dnnl.DNNL_ARG_DIFF_SCALE, diffGamma)
                .and(dnnl.DNNL_ARG_DIFF_SHIFT, diffBeta)));
    diffGamma.ifPresent(d -> written(builder, gamma.orElseThrow(), d));
    diffBeta.ifPresent(d -> written(builder, beta.orElseThrow(), d));
    return diffSrc;
  }

  /** [n, ..., c] as oneDNN's [n, c, places, 1], which has a place even for rows. */
  private memory places(PlanBuilder builder, memory plain) {
    long n = output.dims()[0];
    long channels = output.dims()[1];
    long places = 1;
    for (int axis = 2; axis < output.dims().length; axis++) {
      places *= output.dims()[axis];
    }
    return new memory(
        Formats.channelsLast(new long[] {n, channels, places, 1}),
        builder.engine,
        plain.get_data_handle());
  }
}
