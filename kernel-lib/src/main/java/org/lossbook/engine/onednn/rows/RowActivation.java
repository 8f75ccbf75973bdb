package org.lossbook.engine.onednn.rows;

import java.nio.FloatBuffer;
import org.bytedeco.dnnl.memory;
import org.lossbook.Internal;
import org.lossbook.engine.onednn.operation.Formats;
import org.lossbook.engine.onednn.operation.GraphNode;
import org.lossbook.engine.onednn.operation.PlanBuilder;
import org.lossbook.engine.onednn.operation.Unary;
import org.lossbook.numerics.RowFunction;

/**
 * Applies a {@link RowFunction} to each row of channels, row by row over arrays of doubles.
 *
 * @hidden
 */
@Internal
public final class RowActivation extends Unary {
  private final RowFunction function;
  private int width;
  private double[] x;
  private double[] y;
  private float[] floats;

  public RowActivation(GraphNode x, RowFunction function) {
    super(x);
    this.function = function;
  }

  @Override
  public boolean readsOutputBackward() {
    return false; // but its copy
  }

  @Override
  public void addForwardSteps(PlanBuilder builder) {
    width = (int) x().dims()[1];
    memory.desc rows = Formats.channelsLast(x().dims());
    FloatBuffer from = Formats.numbers(builder.reordered(builder.forward, x().value, rows));
    output.value = builder.value(Formats.channelsLast(output.dims()));
    FloatBuffer to = Formats.numbers(output.value);
    x = new double[from.capacity()];
    y = new double[to.capacity()];
    floats = new float[Math.max(x.length, y.length)];
    int outputs = function.outputs(width);
    builder.forward.add(
        stream -> {
          load(from, x);
          for (int row = 0, at = 0; row < x.length; row += width, at += outputs) {
            function.value(x, row, width, y, at);
          }
          store(y, to);
        });
  }

  @Override
  public memory addBackwardSteps(PlanBuilder builder, memory diffDst, boolean needed) {
    if (!needed) {
      return null;
    }
    FloatBuffer from =
        Formats.numbers(
            builder.reordered(builder.backward, diffDst, Formats.channelsLast(output.dims())));
    memory diffSrc = builder.memory(Formats.channelsLast(x().dims()));
    FloatBuffer to = Formats.numbers(diffSrc);
    int outputs = function.outputs(width);
    double[] dy = new double[y.length];
    double[] dx = new double[x.length];
    builder.backward.add(
        stream -> {
          load(from, dy);
          for (int row = 0, at = 0; row < x.length; row += width, at += outputs) {
            function.gradient(x, y, dy, at, width, dx, row);
          }
          store(dx, to);
        });
    return diffSrc;
  }

  private void load(FloatBuffer from, double[] numbers) {
    from.get(0, floats, 0, numbers.length);
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = floats[i];
    }
  }

  private void store(double[] numbers, FloatBuffer to) {
    for (int i = 0; i < numbers.length; i++) {
      floats[i] = (float) numbers[i];
    }
    to.put(0, floats, 0, numbers.length);
  }
}
