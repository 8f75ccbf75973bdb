package org.lossbook.engine.onednn.rows;

import java.nio.FloatBuffer;
import org.bytedeco.dnnl.memory;
import org.lossbook.Internal;
import org.lossbook.engine.onednn.operation.Formats;
import org.lossbook.engine.onednn.operation.GraphNode;
import org.lossbook.engine.onednn.operation.PlanBuilder;
import org.lossbook.engine.onednn.operation.Unary;
import org.lossbook.numerics.Elementary;

/**
 * Softmax: exp(xᵢ) / Σ exp(xⱼ) over the channels, after subtracting the maximum. In double
 * precision, like a {@code SmoothFunction}: oneDNN's probabilities below 10⁻³⁸ are 0, and its
 * backward pass subtracts from each gradient their mean weighted by probability, which cancels for
 * the largest one.
 *
 * @hidden
 */
@Internal
public final class Softmax extends Unary {
  private static final int CHUNK = 512;

  private int width;
  private int chunk;
  private float[] floats;
  private double[] probabilities;
  private double[] numbers;
  private double[] scratch;

  public Softmax(GraphNode x) {
    super(x);
  }

  @Override
  public void addForwardSteps(PlanBuilder builder) {
    width = (int) output.dims()[1];
    chunk = Math.max(1, CHUNK / width) * width; // whole rows
    floats = new float[chunk];
    probabilities = new double[chunk];
    numbers = new double[chunk];
    scratch = new double[chunk];
    memory.desc rows = Formats.channelsLast(output.dims());
    FloatBuffer from = Formats.numbers(builder.reordered(builder.forward, x().value, rows));
    output.value = builder.value(rows);
    FloatBuffer to = Formats.numbers(output.value);
    builder.forward.add(stream -> values(from, to));
  }

  @Override
  public memory addBackwardSteps(PlanBuilder builder, memory diffDst, boolean needed) {
    if (!needed) {
      return null;
    }
    memory.desc rows = output.value.get_desc();
    FloatBuffer values = Formats.numbers(output.value);
    FloatBuffer from = Formats.numbers(builder.reordered(builder.backward, diffDst, rows));
    memory diffSrc = builder.memory(rows);
    FloatBuffer to = Formats.numbers(diffSrc);
    builder.backward.add(stream -> gradients(values, from, to));
    return diffSrc;
  }

  private void values(FloatBuffer from, FloatBuffer to) {
    for (int start = 0; start < from.capacity(); start += chunk) {
      int count = load(from, start, numbers);
      for (int row = 0; row < count; row += width) {
        double greatest = Double.NEGATIVE_INFINITY;
        for (int i = row; i < row + width; i++) greatest = Math.max(greatest, numbers[i]);
        for (int i = row; i < row + width; i++) numbers[i] -= greatest;
      }
      Elementary.exp(numbers, scratch, probabilities, count);
      for (int row = 0; row < count; row += width) {
        double sum = 0;
        for (int i = row; i < row + width; i++) sum += probabilities[i];
        for (int i = row; i < row + width; i++) floats[i] = (float) (probabilities[i] / sum);
      }
      to.put(start, floats, 0, count);
    }
  }

  /** Gradients relative to that of the largest probability, which then drops out of their sum. */
  private void gradients(FloatBuffer values, FloatBuffer from, FloatBuffer to) {
    for (int start = 0; start < from.capacity(); start += chunk) {
      int count = load(values, start, probabilities);
      load(from, start, numbers);
      for (int row = 0; row < count; row += width) {
        int greatest = row;
        for (int i = row; i < row + width; i++) {
          greatest = probabilities[i] > probabilities[greatest] ? i : greatest;
        }
        double base = numbers[greatest];
        double sum = 0;
        for (int i = row; i < row + width; i++) sum += (numbers[i] - base) * probabilities[i];
        for (int i = row; i < row + width; i++) {
          floats[i] = (float) (((numbers[i] - base) - sum) * probabilities[i]);
        }
      }
      to.put(start, floats, 0, count);
    }
  }

  private int load(FloatBuffer from, int start, double[] into) {
    int count = Math.min(chunk, from.capacity() - start);
    from.get(start, floats, 0, count);
    for (int i = 0; i < count; i++) {
      into[i] = floats[i];
    }
    return count;
  }
}
