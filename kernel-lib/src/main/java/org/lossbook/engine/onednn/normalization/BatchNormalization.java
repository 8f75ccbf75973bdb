package org.lossbook.engine.onednn.normalization;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.bytedeco.dnnl.batch_normalization_backward;
import org.bytedeco.dnnl.batch_normalization_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.lossbook.Internal;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.onednn.operation.Arguments;
import org.lossbook.engine.onednn.operation.Formats;
import org.lossbook.engine.onednn.operation.GraphNode;
import org.lossbook.engine.onednn.operation.OneDnnParameters;
import org.lossbook.engine.onednn.operation.PlanBuilder;
import org.lossbook.engine.onednn.operation.Step;
import org.lossbook.engine.onednn.operation.Unary;

/**
 * Batch normalization: dst = gamma · (src − mean) / √(variance + ε) + beta per channel.
 *
 * @hidden
 */
@Internal
public final class BatchNormalization extends Unary {
  private final Optional<Parameters.Slot> gamma;
  private final Optional<Parameters.Slot> beta;
  private final Parameters.Slot movingMean;
  private final Parameters.Slot movingVariance;
  private final float momentum;
  private final float epsilon;

  /** Whether training uses the moving statistics too, without updating them. */
  private final boolean frozen;

  private batch_normalization_forward.primitive_desc descriptor;
  private memory mean;
  private memory variance;

  public BatchNormalization(
      GraphNode x,
      Optional<Parameters.Slot> gamma,
      Optional<Parameters.Slot> beta,
      Parameters.Slot movingMean,
      Parameters.Slot movingVariance,
      double momentum,
      double epsilon,
      boolean frozen) {
    super(x);
    this.gamma = gamma;
    this.beta = beta;
    this.movingMean = movingMean;
    this.movingVariance = movingVariance;
    this.momentum = (float) momentum;
    this.epsilon = (float) epsilon;
    this.frozen = frozen;
  }

  @Override
  public boolean isTrained() {
    return Stream.of(gamma, beta)
        .flatMap(Optional::stream)
        .anyMatch(slot -> slot.parameter().trainable());
  }

  @Override
  public void addForwardSteps(PlanBuilder builder) {
    memory.desc layout = x().value.get_desc();
    descriptor =
        new batch_normalization_forward.primitive_desc(
            builder.engine,
            builder.training ? dnnl.dnnl_forward_training : dnnl.dnnl_forward_inference,
            layout,
            layout,
            epsilon,
            flags(builder),
            builder.plain,
            false);
    output.value = builder.memory(descriptor.dst_desc());
    memory keptMean = builder.parameter(movingMean, channels());
    memory keptVariance = builder.parameter(movingVariance, channels());
    boolean ofBatch = ofBatch(builder);
    mean = ofBatch ? builder.memory(channels()) : keptMean;
    variance = ofBatch ? builder.memory(channels()) : keptVariance;
    builder.forward.add(
        Step.of(
            "batch normalization",
            new batch_normalization_forward(descriptor),
            Arguments.of(dnnl.DNNL_ARG_SRC, x().value)
                .and(dnnl.DNNL_ARG_MEAN, mean)
                .and(dnnl.DNNL_ARG_VARIANCE, variance)
                .and(dnnl.DNNL_ARG_SCALE, gamma.map(g -> builder.parameter(g, channels())))
                .and(dnnl.DNNL_ARG_SHIFT, beta.map(b -> builder.parameter(b, channels())))
                .and(dnnl.DNNL_ARG_DST, output.value)));
    if (ofBatch) {
      // Updated in the backward pass, which runs only for a finite loss: a bad batch leaves no
      // trace.
      builder.backward.add(moves(builder, Formats.numbers(keptMean), Formats.numbers(mean)));
      builder.backward.add(
          moves(builder, Formats.numbers(keptVariance), Formats.numbers(variance)));
    }
  }

  @Override
  public memory addBackwardSteps(PlanBuilder builder, memory diffDst, boolean needed) {
    boolean isTrained = isTrained();
    if (!isTrained && !needed) {
      return null;
    }
    memory.desc layout = x().value.get_desc();
    memory diff = builder.reordered(builder.backward, diffDst, layout);
    memory diffSrc = builder.memory(layout);
    Optional<memory> diffGamma = gamma.map(g -> gradient(builder, g));
    Optional<memory> diffBeta = beta.map(b -> gradient(builder, b));
    var backward =
        new batch_normalization_backward.primitive_desc(
            builder.engine,
            dnnl.dnnl_backward,
            layout,
            layout,
            layout,
            epsilon,
            flags(builder),
            descriptor,
            builder.plain,
            false);
    builder.backward.add(
        Step.of(
            "batch normalization backward",
            new batch_normalization_backward(backward),
            Arguments.of(dnnl.DNNL_ARG_SRC, x().value)
                .and(dnnl.DNNL_ARG_MEAN, mean)
                .and(dnnl.DNNL_ARG_VARIANCE, variance)
                .and(dnnl.DNNL_ARG_DIFF_DST, diff)
                .and(dnnl.DNNL_ARG_SCALE, gamma.map(g -> builder.parameter(g, channels())))
                .and(dnnl.DNNL_ARG_DIFF_SRC, diffSrc)
                .and(dnnl.DNNL_ARG_DIFF_SCALE, diffGamma)
                .and(dnnl.DNNL_ARG_DIFF_SHIFT, diffBeta)));
    if (isTrained) {
      diffGamma.ifPresent(d -> builder.gradientWritten(gamma.orElseThrow(), channels(), d));
      diffBeta.ifPresent(d -> builder.gradientWritten(beta.orElseThrow(), channels(), d));
    }
    return diffSrc;
  }

  /** The gradient's memory; oneDNN writes it even if it is not needed. */
  private memory gradient(PlanBuilder builder, Parameters.Slot slot) {
    return slot.parameter().trainable()
        ? builder.gradient(slot, channels(), channels())
        : builder.memory(channels());
  }

  /**
   * What inference computes for each channel, x · scale + shift, so that the weights before it can
   * do it.
   *
   * @param scale γ / √(variance + ε)
   * @param shift β − mean · scale
   */
  public void factors(Parameters parameters, float[] scale, float[] shift) {
    int channels = movingMean.size();
    float[] means = new float[channels];
    read(parameters, movingMean, means);
    read(parameters, movingVariance, scale);
    float[] gammas = filled(channels, 1);
    gamma.ifPresent(slot -> read(parameters, slot, gammas));
    Arrays.fill(shift, 0);
    beta.ifPresent(slot -> read(parameters, slot, shift));
    for (int c = 0; c < channels; c++) {
      scale[c] = (float) (gammas[c] / Math.sqrt((double) scale[c] + epsilon));
      shift[c] -= means[c] * scale[c];
    }
  }

  private static float[] filled(int length, float value) {
    float[] all = new float[length];
    Arrays.fill(all, value);
    return all;
  }

  private static void read(Parameters parameters, Parameters.Slot slot, float[] into) {
    parameters.read(slot.vector(), slot.offset(), into, slot.size());
  }

  private boolean ofBatch(PlanBuilder builder) {
    return builder.training && !frozen;
  }

  private int flags(PlanBuilder builder) {
    return (gamma.isPresent() ? dnnl.dnnl_use_scale : 0)
        | (beta.isPresent() ? dnnl.dnnl_use_shift : 0)
        | (ofBatch(builder) ? 0 : dnnl.dnnl_use_global_stats);
  }

  private memory.desc channels() {
    return Formats.vector(output.dims()[1]);
  }

  private Step moves(PlanBuilder builder, FloatBuffer kept, FloatBuffer batch) {
    OneDnnParameters parameters = builder.parameters();
    return stream -> {
      for (int c = 0; c < kept.capacity(); c++) {
        kept.put(c, momentum * kept.get(c) + (1 - momentum) * batch.get(c));
      }
      parameters.changed();
    };
  }
}
