package org.lossbook.engine.onednn.lookup;

import java.nio.FloatBuffer;
import org.bytedeco.dnnl.memory;
import org.lossbook.Internal;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.RowGradient;
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
  /** So many numbers are copied at once. */
  private static final int BLOCK = 4096;

  private final Parameters.Slot table;
  private final int width;
  private final Words words;
  private final boolean sparse;
  private int[] rows;

  /**
   * @param sparse whether the table's gradient may be that of the rows alone that a step meets
   */
  public Lookup(GraphNode ids, Parameters.Slot table, boolean sparse) {
    super(ids);
    this.table = table;
    this.sparse = sparse;
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
      addUp(builder, diffDst);
    }
    return needed ? zeros(builder) : null;
  }

  private void addUp(PlanBuilder builder, memory diffDst) {
    FloatBuffer from =
        Formats.numbers(
            builder.reordered(builder.backward, diffDst, Formats.channelsLast(output.dims())));
    RowGradient gradient = builder.tables.rows(table, rows.length, sparse);
    int together = Math.max(1, BLOCK / width);
    float[] block = new float[Math.min(together, rows.length) * width];
    builder.backward.add(
        stream -> {
          for (int first = 0; first < rows.length; first += together) {
            int count = Math.min(together, rows.length - first);
            from.get(first * width, block, 0, count * width);
            add(block, rows, first, count, gradient);
          }
        });
  }

  private static void add(float[] block, int[] rows, int first, int count, RowGradient gradient) {
    int width = gradient.width();
    for (int i = 0, from = 0; i < count; i++, from += width) {
      int to = gradient.at(rows[first + i]); // first, because it may make room
      float[] sums = gradient.values();
      for (int k = 0; k < width; k++) {
        sums[to + k] += block[from + k];
      }
    }
  }

  private memory zeros(PlanBuilder builder) {
    memory diffSrc = builder.memory(Formats.channelsLast(x().dims()));
    FloatBuffer to = Formats.numbers(diffSrc);
    // Each time, because the operation before may overwrite them.
    builder.backward.add(stream -> Formats.zero(to));
    return diffSrc;
  }
}
