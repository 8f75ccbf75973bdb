package org.lossbook.engine.onednn.normalization;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.bytedeco.dnnl.memory;
import org.lossbook.engine.NormalizedBy;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.onednn.operation.Formats;
import org.lossbook.engine.onednn.operation.GraphNode;
import org.lossbook.engine.onednn.operation.PlanBuilder;
import org.lossbook.engine.onednn.operation.Threads;
import org.lossbook.numerics.Together;

/**
 * A normalization that oneDNN has no primitive for, sample by sample in double precision. With r =
 * 1 / √(…) of a group and ĥ = gamma · dL/dy, the backward pass is dL/dx = r · (ĥ − mean ĥ − x̂ ·
 * mean(ĥ · x̂)), the second term only where the mean is subtracted; a norm has sums for means.
 */
final class LoopNormalization extends ScaledOperation {
  /** So many numbers take long enough that a second thread saves time. */
  private static final int WORTH_THREADS = 1 << 14;

  /** Always as many, whatever the machine, so that sums are the same to the bit. */
  private static final int MOST_PARTS = 8;

  private final NormalizedBy how;
  private final NormalizedView view;
  private final int samples;
  private final int size;
  private final double least;
  private final double subtracted; // of the mean
  private final int parts;
  private final int threads;

  /** Of all groups of the batch, for the backward pass. */
  private double[] means;

  private double[] factors;
  private float[] scales;
  private float[] shifts;
  private double[][] scaleGradients; // of each part of the batch
  private double[][] shiftGradients;
  private Lane[] lanes;
  private FloatBuffer src;

  /** A thread's own memory. */
  private static final class Lane {
    private final float[] xs;
    private final float[] others;
    private final double[] products;
    private final double[] sums;

    Lane(int size, int groups) {
      xs = new float[size];
      others = new float[size];
      products = new double[groups];
      sums = new double[groups];
    }
  }

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
    subtracted = how == NormalizedBy.DEVIATION ? 1 : 0;
    samples = x.graph.batch();
    size = view.groups * view.count;
    boolean isMuch = (long) samples * size >= WORTH_THREADS;
    parts = isMuch ? Math.min(samples, MOST_PARTS) : 1;
    threads = Math.min(parts, Threads.MOST);
  }

  @Override
  public void addForwardSteps(PlanBuilder builder) {
    means = new double[samples * view.groups];
    factors = new double[means.length];
    scales = new float[view.places];
    shifts = new float[view.places];
    scaleGradients = new double[parts][view.places];
    shiftGradients = new double[parts][view.places];
    lanes = Stream.generate(() -> new Lane(size, view.groups)).limit(threads).toArray(Lane[]::new);
    Arrays.fill(scales, 1);
    memory.desc plain = Formats.channelsLast(output.dims());
    src = Formats.numbers(builder.reordered(builder.forward, x().value, plain));
    output.value = builder.memory(plain);
    FloatBuffer dst = Formats.numbers(output.value);
    gamma.ifPresent(g -> read(builder, g, scales));
    beta.ifPresent(b -> read(builder, b, shifts));
    Together.Work part =
        (piece, thread) -> {
          Lane lane = lanes[thread];
          for (int sample = first(piece); sample < first(piece + 1); sample++) {
            src.get(sample * size, lane.xs);
            measure(lane.xs, sample * view.groups);
            normalize(lane, sample * view.groups);
            dst.put(sample * size, lane.others);
          }
        };
    builder.forward.add(stream -> Together.run(threads, parts, part));
  }

  /** The first sample of a part. */
  private int first(int part) {
    return (int) ((long) part * samples / parts);
  }

  /** The means and the factors of a sample's groups, of which the first is {@code base}. */
  private void measure(float[] xs, int base) {
    int end = base + view.groups;
    Arrays.fill(means, base, end, 0);
    Arrays.fill(factors, base, end, 0);
    if (how == NormalizedBy.DEVIATION || how == NormalizedBy.DEVIATION_ALONE) {
      for (int row = 0; row < view.groupOf.length; row++) {
        sum(xs, row * view.width, base + view.groupOf[row]);
      }
      for (int group = base; group < end; group++) {
        means[group] /= view.count;
      }
    }
    for (int row = 0; row < view.groupOf.length; row++) {
      sumSquares(xs, row * view.width, base + view.groupOf[row]);
    }
    for (int group = base; group < end; group++) {
      factors[group] = factor(factors[group]);
    }
  }

  private void sum(float[] xs, int from, int group) {
    if (view.groupStep == 0) {
      double sum = 0;
      for (int i = from; i < from + view.width; i++) {
        sum += xs[i];
      }
      means[group] += sum;
    } else {
      for (int k = 0; k < view.width; k++) {
        means[group + k] += xs[from + k];
      }
    }
  }

  private void sumSquares(float[] xs, int from, int group) {
    if (view.groupStep == 0) {
      double mean = means[group];
      double sum = 0;
      for (int i = from; i < from + view.width; i++) {
        double away = xs[i] - mean;
        sum += away * away;
      }
      factors[group] += sum;
    } else {
      for (int k = 0; k < view.width; k++) {
        double away = xs[from + k] - means[group + k];
        factors[group + k] += away * away;
      }
    }
  }

  /** What the numbers of a group are multiplied by, from the sum of its squares. */
  private double factor(double squares) {
    if (how == NormalizedBy.LENGTH) {
      return squares == 0 ? 0 : Math.min(1 / Math.sqrt(squares), 1 / least);
    }
    return 1 / Math.sqrt(squares / view.count + least);
  }

  private void normalize(Lane lane, int base) {
    float[] xs = lane.xs;
    float[] others = lane.others;
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
    Together.Work part =
        (piece, thread) -> {
          Lane lane = lanes[thread];
          Arrays.fill(scaleGradients[piece], 0);
          Arrays.fill(shiftGradients[piece], 0);
          for (int sample = first(piece); sample < first(piece + 1); sample++) {
            src.get(sample * size, lane.xs);
            from.get(sample * size, lane.others);
            gather(lane, sample * view.groups, scaleGradients[piece], shiftGradients[piece]);
            spread(lane, sample * view.groups);
            to.put(sample * size, lane.others);
          }
        };
    builder.backward.add(
        stream -> {
          Together.run(threads, parts, part);
          addUp(scaleGradients);
          addUp(shiftGradients);
        });
    gamma.ifPresent(g -> write(builder, g, scaleGradients[0]));
    beta.ifPresent(b -> write(builder, b, shiftGradients[0]));
    return diffSrc;
  }

  /** Adds the sums of all parts to those of the first. */
  private static void addUp(double[][] sums) {
    for (int part = 1; part < sums.length; part++) {
      for (int i = 0; i < sums[part].length; i++) {
        sums[0][i] += sums[part][i];
      }
    }
  }

  /** Sums ĥ and ĥ · x̂ over each group, and the gradients of gamma and beta over all. */
  private void gather(Lane lane, int base, double[] ofScales, double[] ofShifts) {
    Arrays.fill(lane.sums, 0);
    Arrays.fill(lane.products, 0);
    for (int row = 0; row < view.groupOf.length; row++) {
      int group = view.groupOf[row];
      int place = view.placeOf[row];
      int from = row * view.width;
      if (view.groupStep == 0) {
        gatherOne(lane, base, group, place, from, ofScales, ofShifts);
      } else {
        gatherEach(lane, base, group, place, from, ofScales, ofShifts);
      }
    }
    for (int group = 0; group < view.groups; group++) {
      lane.sums[group] *= subtracted / view.count;
      lane.products[group] *= share(factors[base + group]);
    }
  }

  /** A row of numbers that belong to one group. */
  private void gatherOne(
      Lane lane, int base, int group, int place, int from, double[] ofScales, double[] ofShifts) {
    double mean = subtracted * means[base + group];
    double factor = factors[base + group];
    double sum = 0;
    double product = 0;
    for (int i = from, p = place; i < from + view.width; i++, p += view.placeStep) {
      double normal = (lane.xs[i] - mean) * factor;
      double upstream = lane.others[i];
      ofScales[p] += upstream * normal;
      ofShifts[p] += upstream;
      sum += upstream * scales[p];
      product += upstream * scales[p] * normal;
    }
    lane.sums[group] += sum;
    lane.products[group] += product;
  }

  /** A row of numbers each of which belongs to the next group. */
  private void gatherEach(
      Lane lane, int base, int group, int place, int from, double[] ofScales, double[] ofShifts) {
    for (int k = 0, p = place; k < view.width; k++, p += view.placeStep) {
      int g = group + k;
      double normal = (lane.xs[from + k] - subtracted * means[base + g]) * factors[base + g];
      double upstream = lane.others[from + k];
      ofScales[p] += upstream * normal;
      ofShifts[p] += upstream;
      lane.sums[g] += upstream * scales[p];
      lane.products[g] += upstream * scales[p] * normal;
    }
  }

  /** How much of a group's change is one number's: none where its norm counts as ε. */
  private double share(double factor) {
    return how != NormalizedBy.LENGTH ? 1.0 / view.count : factor < 1 / least ? 1 : 0;
  }

  /** The gradient with respect to x, in place of that with respect to y. */
  private void spread(Lane lane, int base) {
    float[] xs = lane.xs;
    float[] others = lane.others;
    for (int row = 0, i = 0; row < view.groupOf.length; row++) {
      int group = view.groupOf[row];
      int place = view.placeOf[row];
      for (int end = i + view.width; i < end; i++) {
        double factor = factors[base + group];
        double away = (xs[i] - means[base + group]) * factor;
        double even = lane.sums[group] + away * lane.products[group];
        others[i] = (float) (factor * (others[i] * scales[place] - even));
        group += view.groupStep;
        place += view.placeStep;
      }
    }
  }
}
