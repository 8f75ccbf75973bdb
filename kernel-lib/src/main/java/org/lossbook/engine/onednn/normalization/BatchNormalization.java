package org.lossbook.engine.onednn.normalization;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Optional;
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

/**
 * Batch normalization: dst = gamma · (src − mean) / √(variance + ε) + beta per channel.
 *
 * @hidden
 */
@Internal
public final class BatchNormalization extends ScaledOperation {
  /** The axes beside the channels that oneDNN's kernels have at most. */
  private static final int MOST_PLACES = 3;

  private final int axis;
  private final Parameters.Slot movingMean;
  private final Parameters.Slot movingVariance;
  private final float momentum;

  /** Whether training uses the moving statistics too, without updating them. */
  private final boolean frozen;

  private batch_normalization_forward.primitive_desc descriptor;

  /** The layout of the values and of their gradients. */
  private memory.desc order;

  private memory src;
  private memory mean;
  private memory variance;

  public BatchNormalization(
      GraphNode x,
      int axis,
      Optional<Parameters.Slot> gamma,
      Optional<Parameters.Slot> beta,
      Parameters.Slot movingMean,
      Parameters.Slot movingVariance,
      double momentum,
      double epsilon,
      boolean frozen) {
    super(x, gamma, beta, epsilon);
    this.axis = axis;
    this.movingMean = movingMean;
    this.movingVariance = movingVariance;
    this.momentum = (float) momentum;
    this.frozen = frozen;
  }

  @Override
  public void addForwardSteps(PlanBuilder builder) {
    order = isSeenAsItIs() ? x().value.get_desc() : Formats.channelsLast(output.dims());
    src = seen(builder, builder.reordered(builder.forward, x().value, order));
    memory.desc layout = src.get_desc();
    descriptor =
        new batch_normalization_forward.primitive_desc(
            builder.engine,
            builder.training || ofBatch()
                ? dnnl.dnnl_forward_training
                : dnnl.dnnl_forward_inference,
            layout,
            layout,
            epsilon,
            flags(),
            builder.plain,
            false);
    output.value = builder.value(order);
    memory keptMean = builder.parameter(movingMean, channels());
    memory keptVariance = builder.parameter(movingVariance, channels());
    boolean ofBatch = ofBatch();
    mean = ofBatch ? builder.memory(channels()) : keptMean;
    variance = ofBatch ? builder.memory(channels()) : keptVariance;
    builder.forward.add(
        Step.of(
            "batch normalization",
            new batch_normalization_forward(descriptor),
            Arguments.of(dnnl.DNNL_ARG_SRC, src)
                .and(dnnl.DNNL_ARG_MEAN, mean)
                .and(dnnl.DNNL_ARG_VARIANCE, variance)
                .and(dnnl.DNNL_ARG_SCALE, gamma.map(g -> parameter(builder, g)))
                .and(dnnl.DNNL_ARG_SHIFT, beta.map(b -> parameter(builder, b)))
                .and(dnnl.DNNL_ARG_DST, seen(builder, output.value))));
    if (ofBatch && builder.movesStatistics) {
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
    memory.desc layout = src.get_desc();
    memory diff = seen(builder, builder.reordered(builder.backward, diffDst, order));
    memory diffSrc = builder.memory(order);
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
            flags(),
            descriptor,
            builder.plain,
            false);
    builder.backward.add(
        Step.of(
            "batch normalization backward",
            new batch_normalization_backward(backward),
            Arguments.of(dnnl.DNNL_ARG_SRC, src)
                .and(dnnl.DNNL_ARG_MEAN, mean)
                .and(dnnl.DNNL_ARG_VARIANCE, variance)
                .and(dnnl.DNNL_ARG_DIFF_DST, diff)
                .and(dnnl.DNNL_ARG_SCALE, gamma.map(g -> parameter(builder, g)))
                .and(dnnl.DNNL_ARG_DIFF_SRC, seen(builder, diffSrc))
                .and(dnnl.DNNL_ARG_DIFF_SCALE, diffGamma)
                .and(dnnl.DNNL_ARG_DIFF_SHIFT, diffBeta)));
    diffGamma.ifPresent(d -> written(builder, gamma.orElseThrow(), d));
    diffBeta.ifPresent(d -> written(builder, beta.orElseThrow(), d));
    return diffSrc;
  }

  /** Whether its channels are the last axis, as those of the weights before it are. */
  public boolean isOfLastAxis() {
    return axis == x().shape().length - 1;
  }

  /** Whether oneDNN takes the values as they are: their channels are last, their axes few. */
  private boolean isSeenAsItIs() {
    return isOfLastAxis() && axis <= MOST_PLACES;
  }

  /**
   * The values as oneDNN has a kernel for: [n, before, channels, after] in the user's order is [n ·
   * before, channels, after], images whose channels come first.
   */
  private memory seen(PlanBuilder builder, memory given) {
    if (isSeenAsItIs()) {
      return given;
    }
    long channels = channelCount();
    long after = 1;
    int[] shape = x().shape();
    for (int i = axis + 1; i < shape.length; i++) {
      after *= shape[i];
    }
    long before = output.dims()[0] * (x().size() / (channels * after));
    memory.desc images =
        Formats.strided(
            new long[] {before, channels, after, 1}, new long[] {channels * after, after, 1, 1});
    return new memory(images, builder.engine, given.get_data_handle());
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

  private boolean ofBatch() {
    return output.graph.training() && !frozen;
  }

  private int flags() {
    return scaleFlags() | (ofBatch() ? 0 : dnnl.dnnl_use_global_stats);
  }

  private memory.desc channels() {
    return Formats.vector(channelCount());
  }

  private long channelCount() {
    return x().shape()[axis];
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
