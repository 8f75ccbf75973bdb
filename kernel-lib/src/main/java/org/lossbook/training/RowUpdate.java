package org.lossbook.training;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.RowGradient;
import org.lossbook.optimizer.ClippedNorms;
import org.lossbook.optimizer.Optimizer;

/**
 * The optimizer's update where some tables have gradients by rows: it moves those rows, and all
 * other parameters as ever. So its time depends on a batch's words, not on the vocabulary. Makes
 * its plan in the first step, and allocates nothing after it.
 */
final class RowUpdate {
  private static final Stretch[] NONE = {};

  /** So many numbers, with what optimizers remember of them, stay in the nearest cache. */
  private static final int BLOCK = Optimizer.CHUNK / 4;

  /** So many blocks take long enough that a second thread saves time. */
  private static final int WORTH_TWO = 16;

  private final Parameters parameters;
  private final Optimizer.Updater updater;
  private final ClippedNorms norms;
  private final Penalties penalties;
  private final Predicate<Parameters.Slot> isWhole;
  private List<RowGradient> known = List.of();
  private RowGradient[] tables = {};

  /** What lies outside the tables, in pieces that lie within a chunk. */
  private Stretch[] stretches = NONE;

  private double[] costs = {};
  private SharedWork work;
  private boolean penalised;

  /** Numbers of the flat vector, within a chunk. */
  private record Stretch(int[] start, int count, boolean isChunk) {}

  /**
   * @param isWhole which tables something other than the optimizer looks at as a whole, so that
   *     their gradients are taken as dense
   */
  RowUpdate(
      Parameters parameters,
      Optimizer.Updater updater,
      ClippedNorms norms,
      Penalties penalties,
      Predicate<Parameters.Slot> isWhole) {
    this.parameters = parameters;
    this.updater = updater;
    this.norms = norms;
    this.penalties = penalties;
    this.isWhole = isWhole;
  }

  /** Whether a step moves rows of tables, so that this does it. */
  boolean applies() {
    List<RowGradient> now = parameters.rowGradients();
    if (now != known) {
      boolean isSame = now.equals(known);
      known = now;
      if (!isSame) {
        plan();
      }
    }
    return tables.length > 0;
  }

  private void plan() {
    tables =
        updater.movesRows()
            ? known.stream()
                .filter(rows -> rows.width() <= Optimizer.CHUNK && !isWhole.test(rows.slot()))
                .toArray(RowGradient[]::new)
            : new RowGradient[0];
    stretches = tables.length == 0 ? NONE : outside();
    costs = new double[stretches.length];
    if (tables.length > 0 && work == null) {
      work = new SharedWork(true, Optimizer.CHUNK, this::move);
    }
    if (work != null) {
      updater.reserveRows(Stream.of(tables).map(RowGradient::slot).toList(), work.threads());
    }
  }

  private Stretch[] outside() {
    List<Stretch> all = new ArrayList<>();
    int size = parameters.trainableSize();
    for (long chunk = 0; chunk < size; chunk += Optimizer.CHUNK) {
      int from = (int) chunk;
      int end = (int) Math.min(size, chunk + Optimizer.CHUNK);
      while (from < end) {
        int at = from;
        int to = end;
        int behind = from;
        for (RowGradient table : tables) {
          int start = table.slot().offset();
          if (start <= at && at < start + table.slot().size()) {
            behind = Math.min(end, start + table.slot().size());
          } else if (start > at) {
            to = Math.min(to, start);
          }
        }
        if (behind > from) {
          from = behind;
        } else {
          boolean isChunk = at == chunk && to == end;
          all.add(new Stretch(new int[] {at}, to - at, isChunk));
          from = to;
        }
      }
    }
    return all.toArray(Stretch[]::new);
  }

  /** Moves the weights, and gives the cost of the penalties. */
  double run(boolean withPenalties) {
    penalised = withPenalties;
    int pieces = stretches.length;
    for (RowGradient table : tables) {
      pieces += blocks(table);
    }
    if (norms.areNeeded()) {
      measure();
    }
    work.run(pieces, pieces >= WORTH_TWO);
    double cost = 0;
    for (double each : costs) {
      cost += each;
    }
    return cost;
  }

  private static int rowsOfABlock(RowGradient table) {
    return Math.max(1, BLOCK / table.width());
  }

  private static int blocks(RowGradient table) {
    int each = rowsOfABlock(table);
    return (table.count() + each - 1) / each;
  }

  private void measure() {
    float[] weights = work.weights();
    float[] gradients = work.gradients();
    norms.begin();
    for (Stretch stretch : stretches) {
      read(stretch, weights, gradients);
      norms.add(gradients, stretch.start[0], stretch.count);
    }
    for (RowGradient table : tables) {
      norms.add(table.values(), table.slot().offset(), table.count() * table.width());
    }
    norms.end();
  }

  private void move(int piece, int thread, float[] w, float[] g) {
    if (piece < stretches.length) {
      move(piece, stretches[piece], thread, w, g);
      return;
    }
    int block = piece - stretches.length;
    int t = 0;
    while (block >= blocks(tables[t])) {
      block -= blocks(tables[t++]);
    }
    move(tables[t], block, thread, w, g);
  }

  private void move(int piece, Stretch stretch, int thread, float[] w, float[] g) {
    int offset = stretch.start[0];
    int count = stretch.count;
    read(stretch, w, g);
    costs[piece] = penalised ? penalties.cost(w, offset, count) : 0;
    norms.shorten(g, offset, count);
    if (stretch.isChunk) {
      updater.update(w, g, offset, count);
    } else {
      updater.updateRows(w, g, stretch.start, 0, 1, count, thread);
    }
    parameters.write(Parameters.Vector.TRAINABLE, offset, w, count);
  }

  private void read(Stretch stretch, float[] w, float[] g) {
    int offset = stretch.start[0];
    parameters.read(Parameters.Vector.GRADIENT, offset, g, stretch.count);
    parameters.read(Parameters.Vector.TRAINABLE, offset, w, stretch.count);
    if (penalised) {
      penalties.addGradients(w, g, offset, stretch.count);
    }
  }

  private void move(RowGradient table, int block, int thread, float[] w, float[] g) {
    int width = table.width();
    int first = block * rowsOfABlock(table);
    int count = Math.min(rowsOfABlock(table), table.count() - first);
    System.arraycopy(table.values(), first * width, g, 0, count * width);
    parameters.readRows(table.starts(), first, count, width, w);
    norms.shorten(g, table.slot().offset(), count * width);
    updater.updateRows(w, g, table.starts(), first, count, width, thread);
    parameters.writeRows(table.starts(), first, count, width, w);
  }
}
