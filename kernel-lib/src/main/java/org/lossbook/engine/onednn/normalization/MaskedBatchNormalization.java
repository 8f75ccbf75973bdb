package org.lossbook.engine.onednn.normalization;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bytedeco.dnnl.memory;
import org.lossbook.Internal;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Shapes;
import org.lossbook.engine.onednn.operation.Formats;
import org.lossbook.engine.onednn.operation.GraphNode;
import org.lossbook.engine.onednn.operation.OneDnnParameters;
import org.lossbook.engine.onednn.operation.PlanBuilder;

/**
 * Batch normalization in training whose mean and variance are those of the rows that a mask keeps;
 * the others are normalized with them, too.
 *
 * @hidden
 */
@Internal
public final class MaskedBatchNormalization extends ScaledOperation {
  /** What Keras adds to how many count, so that none can be divided by. */
  private static final double TINY = 1e-7;

  private final int channels;
  private final int after;
  private final int width;
  private final Parameters.Slot movingMean;
  private final Parameters.Slot movingVariance;
  private final double momentum;
  private final double[] means;
  private final double[] factors;
  private final double[] sums;
  private final double[] products;
  private final float[] scales;
  private final float[] shifts;
  private final double[] counted;
  private FloatBuffer src;
  private FloatBuffer kept;

  public MaskedBatchNormalization(
      GraphNode x,
      GraphNode mask,
      int axis,
      Optional<Parameters.Slot> gamma,
      Optional<Parameters.Slot> beta,
      Parameters.Slot movingMean,
      Parameters.Slot movingVariance,
      double momentum,
      double epsilon) {
    super(x, gamma, beta, epsilon);
    inputs = List.of(x, mask);
    int[] shape = x.shape();
    channels = shape[axis];
    after = Shapes.size(Arrays.copyOfRange(shape, axis + 1, shape.length));
    width = Shapes.last(shape);
    this.movingMean = movingMean;
    this.movingVariance = movingVariance;
    this.momentum = momentum;
    means = new double[channels];
    factors = new double[channels];
    sums = new double[channels];
    products = new double[channels];
    counted = new double[channels];
    scales = new float[channels];
    shifts = new float[channels];
    Arrays.fill(scales, 1);
  }

  private int channel(int place) {
    return place / after % channels;
  }

  private boolean counts(int place) {
    return kept.get(place / width) != 0;
  }

  @Override
  public void addForwardSteps(PlanBuilder builder) {
    memory.desc plain = Formats.channelsLast(output.dims());
    src = Formats.numbers(builder.reordered(builder.forward, x().value, plain));
    GraphNode mask = inputs.get(1);
    kept =
        Formats.numbers(
            builder.reordered(builder.forward, mask.value, Formats.channelsLast(mask.dims())));
    output.value = builder.memory(plain);
    FloatBuffer dst = Formats.numbers(output.value);
    gamma.ifPresent(g -> read(builder, g, scales));
    beta.ifPresent(b -> read(builder, b, shifts));
    builder.forward.add(
        stream -> {
          measure();
          for (int i = 0; i < src.capacity(); i++) {
            int c = channel(i);
            dst.put(i, (float) (normal(i, c) * scales[c] + shifts[c]));
          }
        });
    if (builder.movesStatistics) {
      addMoves(builder);
    }
  }

  private double normal(int place, int channel) {
    return (src.get(place) - means[channel]) * factors[channel];
  }

  /** The mean and 1 / √(variance + ε) of each channel, the variance left in {@link #sums}. */
  private void measure() {
    Arrays.fill(counted, TINY);
    Arrays.fill(means, 0);
    Arrays.fill(sums, 0);
    for (int i = 0; i < src.capacity(); i++) {
      if (counts(i)) {
        means[channel(i)] += src.get(i);
        counted[channel(i)]++;
      }
    }
    for (int c = 0; c < channels; c++) {
      means[c] /= counted[c];
    }
    for (int i = 0; i < src.capacity(); i++) {
      if (counts(i)) {
        double away = src.get(i) - means[channel(i)];
        sums[channel(i)] += away * away;
      }
    }
    for (int c = 0; c < channels; c++) {
      sums[c] /= counted[c];
      factors[c] = 1 / Math.sqrt(sums[c] + epsilon);
    }
  }

  /** In the backward pass, which runs only for a finite loss: a bad batch leaves no trace. */
  private void addMoves(PlanBuilder builder) {
    FloatBuffer mean = Formats.numbers(parameter(builder, movingMean));
    FloatBuffer variance = Formats.numbers(parameter(builder, movingVariance));
    OneDnnParameters parameters = builder.parameters();
    builder.backward.add(
        stream -> {
          for (int c = 0; c < channels; c++) {
            double batch = 1 / (factors[c] * factors[c]) - epsilon;
            mean.put(c, (float) (momentum * mean.get(c) + (1 - momentum) * means[c]));
            variance.put(c, (float) (momentum * variance.get(c) + (1 - momentum) * batch));
          }
          parameters.changed();
        });
  }

  @Override
  public memory addBackwardSteps(PlanBuilder builder, memory diffDst, boolean needed) {
    memory.desc plain = Formats.channelsLast(output.dims());
    FloatBuffer from = Formats.numbers(builder.reordered(builder.backward, diffDst, plain));
    memory diffSrc = builder.memory(plain);
    FloatBuffer to = Formats.numbers(diffSrc);
    builder.backward.add(
        stream -> {
          gather(from);
          for (int i = 0; i < src.capacity(); i++) {
            int c = channel(i);
            double all = counts(i) ? (sums[c] + products[c] * normal(i, c)) / counted[c] : 0;
            to.put(i, (float) ((from.get(i) - all) * scales[c] * factors[c]));
          }
        });
    gamma.ifPresent(g -> write(builder, g, products));
    beta.ifPresent(b -> write(builder, b, sums));
    return diffSrc;
  }

  /** Sums dy and dy · x̂ over all places of each channel: the gradients of beta and gamma. */
  private void gather(FloatBuffer from) {
    Arrays.fill(sums, 0);
    Arrays.fill(products, 0);
    for (int i = 0; i < src.capacity(); i++) {
      int c = channel(i);
      sums[c] += from.get(i);
      products[c] += from.get(i) * normal(i, c);
    }
  }
}
