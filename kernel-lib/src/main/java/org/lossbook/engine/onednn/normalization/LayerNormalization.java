package org.lossbook.engine.onednn.normalization;

import java.util.Optional;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.layer_normalization_backward;
import org.bytedeco.dnnl.layer_normalization_forward;
import org.bytedeco.dnnl.memory;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.onednn.operation.Arguments;
import org.lossbook.engine.onednn.operation.Formats;
import org.lossbook.engine.onednn.operation.GraphNode;
import org.lossbook.engine.onednn.operation.PlanBuilder;
import org.lossbook.engine.onednn.operation.Step;

/**
 * Layer normalization over the last axes: dst = gamma · (src − mean) / √(variance + ε) + beta in
 * each row of {@code width} numbers.
 */
final class LayerNormalization extends ScaledOperation {
  private final int width;
  private layer_normalization_forward.primitive_desc descriptor;
  private memory src;
  private memory mean;
  private memory variance;

  LayerNormalization(
      GraphNode x,
      int width,
      Optional<Parameters.Slot> gamma,
      Optional<Parameters.Slot> beta,
      double epsilon) {
    super(x, gamma, beta, epsilon);
    this.width = width;
  }

  @Override
  public void addForwardSteps(PlanBuilder builder) {
    memory.desc plain = Formats.channelsLast(output.dims());
    src = rows(builder, builder.reordered(builder.forward, x().value, plain));
    output.value = builder.value(plain);
    memory dst = rows(builder, output.value);
    memory.desc statistics = Formats.vector(rowCount());
    descriptor =
        new layer_normalization_forward.primitive_desc(
            builder.engine,
            builder.training ? dnnl.dnnl_forward_training : dnnl.dnnl_forward_inference,
            src.get_desc(),
            dst.get_desc(),
            statistics,
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
      mean = builder.memory(statistics);
      variance = builder.memory(statistics);
      arguments.and(dnnl.DNNL_ARG_MEAN, mean).and(dnnl.DNNL_ARG_VARIANCE, variance);
    }
    builder.forward.add(
        Step.of("layer normalization", new layer_normalization_forward(descriptor), arguments));
  }

  @Override
  public memory addBackwardSteps(PlanBuilder builder, memory diffDst, boolean needed) {
    memory.desc plain = Formats.channelsLast(output.dims());
    memory diff = rows(builder, builder.reordered(builder.backward, diffDst, plain));
    memory diffSrc = builder.memory(plain);
    memory diffRows = rows(builder, diffSrc);
    Optional<memory> diffGamma = gamma.map(g -> gradient(builder, g));
    Optional<memory> diffBeta = beta.map(b -> gradient(builder, b));
    var backward =
        new layer_normalization_backward.primitive_desc(
            builder.engine,
            dnnl.dnnl_backward,
            diffRows.get_desc(),
            diff.get_desc(),
            src.get_desc(),
            mean.get_desc(),
            epsilon,
            scaleFlags(),
            descriptor,
            builder.plain,
            false);
    builder.backward.add(
        Step.of(
            "layer normalization backward",
            new layer_normalization_backward(backward),
            Arguments.of(dnnl.DNNL_ARG_SRC, src)
                .and(dnnl.DNNL_ARG_MEAN, mean)
                .and(dnnl.DNNL_ARG_VARIANCE, variance)
                .and(dnnl.DNNL_ARG_DIFF_DST, diff)
                .and(dnnl.DNNL_ARG_SCALE, gamma.map(g -> parameter(builder, g)))
                .and(dnnl.DNNL_ARG_DIFF_SRC, diffRows)
                .and(dnnl.DNNL_ARG_DIFF_SCALE, diffGamma)
                .and(dnnl.DNNL_ARG_DIFF_SHIFT, diffBeta)));
    diffGamma.ifPresent(d -> written(builder, gamma.orElseThrow(), d));
    diffBeta.ifPresent(d -> written(builder, beta.orElseThrow(), d));
    return diffSrc;
  }

  private long rowCount() {
    long count = 1;
    for (long dim : output.dims()) {
      count *= dim;
    }
    return count / width;
  }

  private memory rows(PlanBuilder builder, memory plain) {
    memory.desc rows = Formats.strided(new long[] {rowCount(), width}, new long[] {width, 1});
    return new memory(rows, builder.engine, plain.get_data_handle());
  }
}
