package org.lossbook.engine.onednn.operation;

import java.nio.FloatBuffer;
import org.bytedeco.dnnl.memory;
import org.lossbook.Internal;

/**
 * Activity regularization: passes its input on, computes the penalty on it, and adds the penalty's
 * gradient in the backward pass. It reads the numbers in rows, whatever their layout: the first
 * rows are the first samples, and a layout's padding is not counted.
 *
 * @hidden
 */
@Internal
public final class ActivityPenalty extends Unary {
  private static final int CHUNK = 4096;

  private final double l1;
  private final double l2;
  private final float[] values = new float[CHUNK];
  private final float[] gradients = new float[CHUNK];
  private memory rows;
  private FloatBuffer numbers;
  private int batch;

  public ActivityPenalty(GraphNode x, double l1, double l2) {
    super(x);
    this.l1 = l1;
    this.l2 = l2;
  }

  @Override
  public void addForwardSteps(PlanBuilder builder) {
    rows = builder.reordered(builder.forward, x().value, Formats.channelsLast(x().dims()));
    numbers = Formats.numbers(rows);
    batch = (int) x().dims()[0];
    output.value = x().value;
    builder.penalties.add(this);
  }

  @Override
  public memory addBackwardSteps(PlanBuilder builder, memory diffDst, boolean needed) {
    if (!needed) {
      return null;
    }
    memory diff = builder.reordered(builder.backward, diffDst, rows.get_desc());
    memory diffSrc = builder.memory(rows.get_desc());
    FloatBuffer from = Formats.numbers(diff);
    FloatBuffer to = Formats.numbers(diffSrc);
    builder.backward.add(stream -> addGradients(from, to));
    return diffSrc;
  }

  /** The mean penalty over the first samples of the last forward pass. */
  public double cost(int samples) {
    int size = numbers.capacity() / batch * samples;
    double sizes = 0;
    double squares = 0;
    for (int from = 0; from < size; from += CHUNK) {
      int count = Math.min(CHUNK, size - from);
      numbers.get(from, values, 0, count);
      for (int i = 0; i < count; i++) {
        sizes += Math.abs(values[i]);
        squares += (double) values[i] * values[i];
      }
    }
    return (l1 * sizes + l2 * squares) / samples;
  }

  private void addGradients(FloatBuffer from, FloatBuffer to) {
    float size = (float) (l1 / batch);
    float twice = (float) (2 * l2 / batch);
    for (int start = 0; start < numbers.capacity(); start += CHUNK) {
      int count = Math.min(CHUNK, numbers.capacity() - start);
      numbers.get(start, values, 0, count);
      from.get(start, gradients, 0, count);
      for (int i = 0; i < count; i++) {
        gradients[i] += twice * values[i] + size * Math.signum(values[i]);
      }
      to.put(start, gradients, 0, count);
    }
  }
}
