package org.lossbook.engine.onednn;

import java.nio.FloatBuffer;
import java.util.Optional;
import org.bytedeco.dnnl.batch_normalization_backward;
import org.bytedeco.dnnl.batch_normalization_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.FloatPointer;
import org.lossbook.engine.Parameters;

/** dst = gamma · (src − mean) / √(variance + ε) + beta, a channel at a time. */
final class BatchNormalization extends Operation {
  private final Optional<Parameters.Slot> gamma;
  private final Optional<Parameters.Slot> beta;
  private final Parameters.Slot movingMean;
  private final Parameters.Slot movingVariance;
  private final float momentum;
  private final float epsilon;
  private batch_normalization_forward.primitive_desc descriptor;
  private memory mean;
  private memory variance;

  BatchNormalization(
      Node x,
      Optional<Parameters.Slot> gamma,
      Optional<Parameters.Slot> beta,
      Parameters.Slot movingMean,
      Parameters.Slot movingVariance,
      double momentum,
      double epsilon) {
    super(x);
    this.gamma = gamma;
    this.beta = beta;
    this.movingMean = movingMean;
    this.movingVariance = movingVariance;
    this.momentum = (float) momentum;
    this.epsilon = (float) epsilon;
  }

  @Override
  boolean hasParameters() {
    return gamma.isPresent() || beta.isPresent();
  }

  @Override
  void forward(Program program) {
    memory.desc layout = x().value.get_desc();
    descriptor =
        new batch_normalization_forward.primitive_desc(
            program.engine,
            program.training ? dnnl.dnnl_forward_training : dnnl.dnnl_forward_inference,
            layout,
            layout,
            epsilon,
            flags() | (program.training ? 0 : dnnl.dnnl_use_global_stats),
            program.plain,
            false);
    output.value = program.memory(descriptor.dst_desc());
    memory keptMean = program.parameter(movingMean, channels());
    memory keptVariance = program.parameter(movingVariance, channels());
    mean = program.training ? program.memory(channels()) : keptMean;
    variance = program.training ? program.memory(channels()) : keptVariance;
    program.forward.add(
        Step.of(
            "batch normalization",
            new batch_normalization_forward(descriptor),
            Arguments.of(dnnl.DNNL_ARG_SRC, x().value)
                .and(dnnl.DNNL_ARG_MEAN, mean)
                .and(dnnl.DNNL_ARG_VARIANCE, variance)
                .and(dnnl.DNNL_ARG_SCALE, gamma.map(g -> program.parameter(g, channels())))
                .and(dnnl.DNNL_ARG_SHIFT, beta.map(b -> program.parameter(b, channels())))
                .and(dnnl.DNNL_ARG_DST, output.value)));
    if (program.training) {
      // Backward runs where the loss was finite: a batch that broke it leaves no trace.
      program.backward.add(moves(numbers(keptMean), numbers(mean)));
      program.backward.add(moves(numbers(keptVariance), numbers(variance)));
    }
  }

  @Override
  memory backward(Program program, memory diffDst, boolean needed) {
    memory.desc layout = x().value.get_desc();
    memory diff = program.reordered(program.backward, diffDst, layout);
    memory diffSrc = program.memory(layout);
    var backward =
        new batch_normalization_backward.primitive_desc(
            program.engine,
            dnnl.dnnl_backward,
            layout,
            layout,
            layout,
            epsilon,
            flags(),
            descriptor,
            program.plain,
            false);
    program.backward.add(
        Step.of(
            "batch normalization backward",
            new batch_normalization_backward(backward),
            Arguments.of(dnnl.DNNL_ARG_SRC, x().value)
                .and(dnnl.DNNL_ARG_MEAN, mean)
                .and(dnnl.DNNL_ARG_VARIANCE, variance)
                .and(dnnl.DNNL_ARG_DIFF_DST, diff)
                .and(dnnl.DNNL_ARG_SCALE, gamma.map(g -> program.parameter(g, channels())))
                .and(dnnl.DNNL_ARG_DIFF_SRC, diffSrc)
                .and(
                    dnnl.DNNL_ARG_DIFF_SCALE,
                    gamma.map(g -> program.gradient(g, channels(), channels())))
                .and(
                    dnnl.DNNL_ARG_DIFF_SHIFT,
                    beta.map(b -> program.gradient(b, channels(), channels())))));
    return diffSrc;
  }

  private int flags() {
    return (gamma.isPresent() ? dnnl.dnnl_use_scale : 0)
        | (beta.isPresent() ? dnnl.dnnl_use_shift : 0);
  }

  private memory.desc channels() {
    return Formats.vector(output.dims()[1]);
  }

  private FloatBuffer numbers(memory vector) {
    return new FloatPointer(vector.get_data_handle()).capacity(output.dims()[1]).asBuffer();
  }

  private Step moves(FloatBuffer kept, FloatBuffer batch) {
    return stream -> {
      for (int c = 0; c < kept.capacity(); c++) {
        kept.put(c, momentum * kept.get(c) + (1 - momentum) * batch.get(c));
      }
    };
  }
}
