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
  /** So many rows are read ahead; they fit into the processor's nearest cache. */
  private static final int AHEAD = 200;

  private final Parameters.Slot table;
  private final int width;
  private final Words words;
  private final boolean sparse;
  private boolean averages;
  private int touched; // so that the compiler does not leave the reading out
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

  /**
   * Takes the mean of each sample's rows on the way, so that the rows are never written side by
   * side.
   */
  public void average() {
    averages = true;
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
    float[] given = new float[rows.length];
    float[] row = new float[width];
    float[] sum = new float[width];
    int together = averages ? x().size() : 1;
    int block = together * Math.max(1, AHEAD / together);
    builder.forward.add(
        stream -> {
          ids.get(0, given);
          words.numbers(given, rows);
          for (int first = 0; first < rows.length; first += together) {
            if (first % block == 0) {
              touched = touch(from, rows, first, Math.min(rows.length, first + block), width);
            }
            from.get(rows[first] * width, sum);
            for (int i = first + 1; i < first + together; i++) {
              from.get(rows[i] * width, row);
              add(row, sum);
            }
            if (averages) {
              divide(sum, together);
            }
            to.put(first / together * width, sum);
          }
        });
  }

  /**
   * Reads the ends of rows that are wanted next. One after the other, each row of a large table
   * waits for memory; this loop is so short that the processor waits for many at a time.
   */
  private static int touch(FloatBuffer table, int[] rows, int first, int end, int width) {
    int bits = 0;
    for (int i = first; i < end; i++) {
      int row = rows[i] * width;
      bits ^= Float.floatToRawIntBits(table.get(row));
      bits ^= Float.floatToRawIntBits(table.get(row + width - 1));
    }
    return bits;
  }

  private static void add(float[] row, float[] sum) {
    for (int k = 0; k < sum.length; k++) {
      sum[k] += row[k];
    }
  }

  private static void divide(float[] sum, int count) {
    for (int k = 0; k < sum.length; k++) {
      sum[k] /= count;
    }
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
    float[] diff = new float[width];
    int together = averages ? x().size() : 1;
    builder.backward.add(
        stream -> {
          for (int first = 0; first < rows.length; first += together) {
            from.get(first / together * width, diff);
            if (averages) {
              divide(diff, together);
            }
            add(diff, rows, first, together, gradient);
          }
        });
  }

  private static void add(float[] diff, int[] rows, int first, int count, RowGradient gradient) {
    gradient.expect(rows, first, first + count);
    for (int i = first; i < first + count; i++) {
      int to = gradient.at(rows[i]); // first, because it may make room
      float[] sums = gradient.values();
      for (int k = 0; k < diff.length; k++) {
        sums[to + k] += diff[k];
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
