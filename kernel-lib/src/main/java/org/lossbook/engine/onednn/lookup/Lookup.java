package org.lossbook.engine.onednn.lookup;

import java.nio.FloatBuffer;
import org.bytedeco.dnnl.memory;
import org.lossbook.Internal;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.RowGradient;
import org.lossbook.engine.onednn.operation.Formats;
import org.lossbook.engine.onednn.operation.GraphNode;
import org.lossbook.engine.onednn.operation.PlanBuilder;
import org.lossbook.engine.onednn.operation.Threads;
import org.lossbook.engine.onednn.operation.Unary;
import org.lossbook.numerics.Together;

/**
 * The rows of a table that the numbers of the input name. A row's gradient is the sum over all
 * places where it was named; the numbers themselves get none.
 *
 * @hidden
 */
@Internal
public final class Lookup extends Unary {
  /** So many numbers take long enough that a second thread saves time. */
  private static final int WORTH_THREADS = 1 << 15;

  private final Parameters.Slot table;
  private final int width;
  private final Words words;
  private final boolean sparse;
  private boolean averages;
  private int together = 1; // rows that make one of the output's
  private int threads = 1;
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
    rows = new int[ids.capacity()];
    together = averages ? x().size() : 1;
    threads = (long) rows.length * width < WORTH_THREADS ? 1 : Threads.MOST;
    float[] given = new float[rows.length];
    var loops = new RowLoops(rows, together, width, threads);
    Together.Work block = loops.forward(from, Formats.numbers(output.value));
    builder.forward.add(
        stream -> {
          ids.get(0, given);
          words.numbers(given, rows);
          Together.run(threads, loops.blocks(), block);
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
    int[] places = new int[rows.length];
    var loops = new RowLoops(rows, together, width, threads);
    Together.Work share = loops.backward(from, places, gradient);
    builder.backward.add(
        stream -> {
          gradient.place(rows, rows.length, places);
          Together.run(threads, loops.shares(), share);
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
