package org.lossbook.engine.onednn.lookup;

import java.nio.FloatBuffer;
import org.bytedeco.dnnl.memory;
import org.lossbook.Internal;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.onednn.operation.Formats;
import org.lossbook.engine.onednn.operation.GraphNode;
import org.lossbook.engine.onednn.operation.PlanBuilder;
import org.lossbook.engine.onednn.operation.Unary;

/**
 * The rows of a table that the numbers of the input name. A row's gradient is the sum over all
 * places where it was named; the numbers themselves get none.
 *
 * @hidden
 */
@Internal
public final class Lookup extends Unary {
  private final Parameters.Slot table;
  private final int width;
  private final Words words;
  private int[] rows;

  public Lookup(GraphNode ids, Parameters.Slot table) {
    super(ids);
    this.table = table;
    int[] shape = table.parameter().shape();
    width = shape[1];
    words = new Words(shape[0], width, ids.size());
  }

  @Override
  public boolean isTrained() {
    return table.parameter().trainable();
  }

  @Override
  public boolean readsOutputBackward() {
    return false;
  }

  @Override
  public void addForwardSteps(PlanBuilder builder) {
    FloatBuffer ids =
        Formats.numbers(
            builder.reordered(builder.forward, x().value, Formats.channelsLast(x().dims())));
    FloatBuffer from = Formats.numbers(builder.parameter(table, Formats.vector(table.size())));
    output.value = builder.value(Formats.channelsLast(output.dims()));
    FloatBuffer to = Formats.numbers(output.value);
    rows = new int[ids.capacity()];
    float[] row = new float[width];
    builder.forward.add(
        stream -> {
          for (int i = 0; i < rows.length; i++) {
            rows[i] = words.number(ids.get(i), i);
            from.get(rows[i] * width, row);
            to.put(i * width, row);
          }
        });
  }

  @Override
  public memory addBackwardSteps(PlanBuilder builder, memory diffDst, boolean needed) {
    if (isTrained()) {
      memory.desc layout = Formats.vector(table.size());
      memory gradient = builder.gradient(table, layout, layout);
      addUp(builder, diffDst, gradient);
      builder.gradientWritten(table, layout, gradient);
    }
    return needed ? zeros(builder) : null;
  }

  private void addUp(PlanBuilder builder, memory diffDst, memory gradient) {
    FloatBuffer from =
        Formats.numbers(
            builder.reordered(builder.backward, diffDst, Formats.channelsLast(output.dims())));
    FloatBuffer to = Formats.numbers(gradient);
    float[] row = new float[width];
    float[] sum = new float[width];
    builder.backward.add(
        stream -> {
          Formats.zero(to);
          for (int i = 0; i < rows.length; i++) {
            from.get(i * width, row);
            to.get(rows[i] * width, sum);
            for (int k = 0; k < sum.length; k++) {
              sum[k] += row[k];
            }
            to.put(rows[i] * width, sum);
          }
        });
  }

  private memory zeros(PlanBuilder builder) {
    memory diffSrc = builder.memory(Formats.channelsLast(x().dims()));
    FloatBuffer to = Formats.numbers(diffSrc);
    // Each time, because the operation before may overwrite them.
    builder.backward.add(stream -> Formats.zero(to));
    return diffSrc;
  }
}
