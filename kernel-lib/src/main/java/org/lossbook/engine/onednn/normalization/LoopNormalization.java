package org.lossbook.engine.onednn.normalization;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.bytedeco.dnnl.memory;
import org.lossbook.engine.NormalizedBy;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.onednn.operation.Formats;
import org.lossbook.engine.onednn.operation.GraphNode;
import org.lossbook.engine.onednn.operation.PlanBuilder;

/**
 * A normalization that oneDNN has no primitive for, sample by sample in double precision. With r =
 * 1 / √(…) of a group and ĥ = gamma · dL/dy, the backward pass is dL/dx = r · (ĥ − mean ĥ − x̂ ·
 * mean(ĥ · x̂)), the second term only where the mean is subtracted; a norm has sums for means.
 */
final class LoopNormalization extends ScaledOperation {
  private final NormalizedBy how;
  private final NormalizedView view;
  private final int samples;
  private final int size;
  private final double least;

  /** Of all groups of the batch, for the backward pass. */
  private double[] means;

  private double[] factors;
  private double[] products;
  private double[] sums;
  private float[] xs;
  private float[] others;
  private float[] scales;
  private float[] shifts;
  private double[] scaleGradients;
  private double[] shiftGradients;

  private FloatBuffer src;

  LoopNormalization(
      GraphNode x,
      NormalizedBy how,
      NormalizedView view,
      Optional<Parameters.Slot> gamma,
      Optional<Parameters.Slot> beta,
      double epsilon) {
    super(x, gamma, beta, epsilon);
    this.how = how;
    this.view = view;
    least = epsilon;
    samples = x.graph.batch();
    size = view.groups * view.count;
  }

  @Override
  public void addForwardSteps(PlanBuilder builder) {
    means = new double[samples * view.groups];
    factors = new double[means.length];
    products = new double[view.groups];
    sums = new double[view.groups];
    xs = new float[size];
    others = new float[size];
    scales = new float[view.places];
    shifts = new float[view.places];
    scaleGradients = new double[view.places];
    shiftGradients = new double[view.places];
    Arrays.fill(scales, 1);
    memory.desc plain = Formats.channelsLast(output.dims());
    src = Formats.numbers(builder.reordered(builder.forward, x().value, plain));
    output.value = builder.memory(plain);
    FloatBuffer dst = Formats.numbers(output.value);
    gamma.ifPresent(g -> read(builder, g, scales));
    beta.ifPresent(b -> read(builder, b, shifts));
    builder.forward.add(
        stream -> {
          for (int sample = 0; sample < samples; sample++) {
            src.get(sample * size, xs);
            measure(sample * view.groups);
            normalize(sample * view.groups);
            dst.put(sample * size, others);
          }
        });
  }

  private static void read(PlanBuilder builder, Parameters.Slot slot, float[] into) {
    FloatBuffer numbers = Formats.numbers(parameter(builder, slot));
    builder.forward.add(stream -> numbers.get(0, into));
  }

  /** The means and the factors of a sample's groups, of which the first is {@code base}. */
  private void measure(int base) {
    Arrays.fill(means, base, base + view.groups, 0);
    Arrays.fill(factors, base, base + view.groups, 0);
    boolean isCentered = how == NormalizedBy.DEVIATION || how == NormalizedBy.DEVIATION_ALONE;
    if (isCentered) {
      for (int row = 0, i = 0; row < view.groupOf.length; row++) {
        int group = base + view.groupOf[row];
        for (int end = i + view.width; i < end; i++, group += view.groupStep) {
          means[group] += xs[i];
        }
      }
      for (int group = base; group < base + view.groups; group++) {
        means[group] /= view.count;
      }
    }
    for (int row = 0, i = 0; row < view.groupOf.length; row++) {
      int group = base + view.groupOf[row];
      for (int end = i + view.width; i < end; i++, group += view.groupStep) {
        double away = xs[i] - means[group];
        factors[group] += away * away;
      }
    }
    for (int group = base; group < base + view.groups; group++) {
      factors[group] = factor(factors[group]);
    }
  }

  /** What the numbers of a group are multiplied by, from the sum of its squares. */
  private double factor(double squares) {
    if (how == NormalizedBy.LENGTH) {
      return squares == 0 ? 0 : Math.min(1 / Math.sqrt(squares), 1 / least);
    }
    return 1 / Math.sqrt(squares / view.count + least);
  }

  private void normalize(int base) {
    double subtracted = how == NormalizedBy.DEVIATION ? 1 : 0;
    for (int row = 0, i = 0; row < view.groupOf.length; row++) {
      int group = base + view.groupOf[row];
      int place = view.placeOf[row];
      for (int end = i + view.width; i < end; i++) {
        double normal = (xs[i] - subtracted * means[group]) * factors[group];
        others[i] = (float) (normal * scales[place] + shifts[place]);
        group += view.groupStep;
        place += view.placeStep;
      }
    }
  }

  @Override
  public memory addBackwardSteps(PlanBuilder builder, memory diffDst, boolean needed) {
    memory.desc plain = Formats.channelsLast(output.dims());
    FloatBuffer from = Formats.numbers(builder.reordered(builder.backward, diffDst, plain));
    memory diffSrc = builder.memory(plain);
    FloatBuffer to = Formats.numbers(diffSrc);
    builder.backward.add(
        stream -> {
          Arrays.fill(scaleGradients, 0);
          Arrays.fill(shiftGradients, 0);
          for (int sample = 0; sample < samples; sample++) {
            src.get(sample * size, xs);
            from.get(sample * size, others);
            gather(sample * view.groups);
            spread(sample * view.groups);
            to.put(sample * size, others);
          }
        });
    gamma.ifPresent(g -> write(builder, g, scaleGradients));
    beta.ifPresent(b -> write(builder, b, shiftGradients));
    return diffSrc;
  }

  private static void write(PlanBuilder builder, Parameters.Slot slot, double[] sums) {
    memory gradient = gradient(builder, slot);
    FloatBuffer to = Formats.numbers(gradient);
    builder.backward.add(
        stream -> {
          for (int i = 0; i < sums.length; i++) {
            to.put(i, (float) sums[i]);
          }
        });
    written(builder, slot, gradient);
  }

  /** Sums ĥ and ĥ · x̂ over each group, and the gradients of gamma and beta over all. */
  private void gather(int base) {
    Arrays.fill(sums, 0);
    Arrays.fill(products, 0);
    double subtracted = how == NormalizedBy.DEVIATION ? 1 : 0;
    for (int row = 0, i = 0; row < view.groupOf.length; row++) {
      int group = view.groupOf[row];
      int place = view.placeOf[row];
      for (int end = i + view.width; i < end; i++) {
        double normal = (xs[i] - subtracted * means[base + group]) * factors[base + group];
        double upstream = others[i];
        scaleGradients[place] += upstream * normal;
        shiftGradients[place] += upstream;
        sums[group] += upstream * scales[place];
        products[group] += upstream * scales[place] * normal;
        group += view.groupStep;
        place += view.placeStep;
      }
    }
    for (int group = 0; group < view.groups; group++) {
      sums[group] *= subtracted / view.count;
      products[group] *= share(factors[base + group]);
    }
  }

  /** How much of a group's change is one number's: none where its norm counts as ε. */
  private double share(double factor) {
    return how != NormalizedBy.LENGTH ? 1.0 / view.count : factor < 1 / least ? 1 : 0;
  }

  /** The gradient with respect to x, in place of that with respect to y. */
  private void spread(int base) {
    for (int row = 0, i = 0; row < view.groupOf.length; row++) {
      int group = view.groupOf[row];
      int place = view.placeOf[row];
      for (int end = i + view.width; i < end; i++) {
        double factor = factors[base + group];
        double away = (xs[i] - means[base + group]) * factor;
        others[i] =
            (float) (factor * (others[i] * scales[place] - sums[group] - away * products[group]));
        group += view.groupStep;
        place += view.placeStep;
      }
    }
  }
}
