package org.lossbook.engine.onednn.lookup;

import java.nio.FloatBuffer;
import org.lossbook.engine.RowGradient;
import org.lossbook.numerics.Together;

/**
 * The loops over the rows of a table that a batch names, in pieces for several threads: one after
 * the other, or the mean of so many together.
 */
final class RowLoops {
  /** So many rows are read ahead; they fit into the processor's nearest cache. */
  private static final int AHEAD = 200;

  /** So many columns are added up at a time, each in a register. */
  private static final int COLUMNS = 8;

  /** A thread adds up gradients that lie in stretches of 2 to this power, every so many. */
  private static final int STRETCH = 10;

  private static final int MOST_SHARES = 4;

  private final int[] rows;
  private final int together;
  private final int width;
  private final int block;
  private final int shares;
  private final float[][] scratch; // of each thread
  private int touched; // so that the compiler does not leave the reading out

  RowLoops(int[] rows, int together, int width, int threads) {
    this.rows = rows;
    this.together = together;
    this.width = width;
    block = together * Math.max(1, AHEAD / together);
    shares = Integer.highestOneBit(Math.min(threads, MOST_SHARES));
    scratch = new float[threads][width];
  }

  /** The number of pieces of the forward pass. */
  int blocks() {
    return (rows.length + block - 1) / block;
  }

  /** The number of pieces of the backward pass. */
  int shares() {
    return shares;
  }

  /** Copies the rows, or their means. */
  Together.Work forward(FloatBuffer table, FloatBuffer to) {
    return (piece, thread) -> {
      int first = piece * block;
      int end = Math.min(rows.length, first + block);
      touched = touch(table, rows, first, end, width);
      if (together == 1) {
        for (int i = first; i < end; i++) {
          to.put(i * width, table, rows[i] * width, width);
        }
        return;
      }
      float[] mean = scratch[thread];
      for (int i = first; i < end; i += together) {
        mean(table, i, mean);
        to.put(i / together * width, mean);
      }
    };
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

  private void mean(FloatBuffer table, int first, float[] into) {
    int end = first + together;
    int k = 0;
    for (; k + COLUMNS <= width; k += COLUMNS) {
      sum(table, rows, first, end, width, k, into);
    }
    for (; k < width; k++) {
      float sum = 0;
      for (int i = first; i < end; i++) {
        sum += table.get(rows[i] * width + k);
      }
      into[k] = sum;
    }
    divide(into, together);
  }

  private static void sum(
      FloatBuffer table, int[] rows, int first, int end, int width, int k, float[] into) {
    float a = 0;
    float b = 0;
    float c = 0;
    float d = 0;
    float e = 0;
    float f = 0;
    float g = 0;
    float h = 0;
    for (int i = first; i < end; i++) {
      int at = rows[i] * width + k;
      a += table.get(at);
      b += table.get(at + 1);
      c += table.get(at + 2);
      d += table.get(at + 3);
      e += table.get(at + 4);
      f += table.get(at + 5);
      g += table.get(at + 6);
      h += table.get(at + 7);
    }
    into[k] = a;
    into[k + 1] = b;
    into[k + 2] = c;
    into[k + 3] = d;
    into[k + 4] = e;
    into[k + 5] = f;
    into[k + 6] = g;
    into[k + 7] = h;
  }

  private static void divide(float[] sum, int count) {
    for (int k = 0; k < sum.length; k++) {
      sum[k] /= count;
    }
  }

  /**
   * Adds up the rows' gradients. Each row's are added by one thread, in their order, so that the
   * sums are always the same.
   *
   * @param places where they are added, as {@link RowGradient#place} says
   */
  Together.Work backward(FloatBuffer from, int[] places, RowGradient gradient) {
    return (share, thread) -> {
      float[] sums = gradient.values();
      float[] diff = scratch[thread];
      for (int first = 0; first < rows.length; first += together) {
        if (together > 1) {
          from.get(first / together * width, diff);
          divide(diff, together);
        }
        for (int i = first; i < first + together; i++) {
          int place = places[i];
          int to = place < 0 ? -1 - place : place;
          if ((to >> STRETCH & shares - 1) == share) {
            if (together == 1) {
              from.get(i * width, diff);
            }
            if (place < 0) {
              System.arraycopy(diff, 0, sums, to, width);
            } else {
              add(diff, sums, to);
            }
          }
        }
      }
    };
  }

  private static void add(float[] diff, float[] sums, int to) {
    for (int k = 0; k < diff.length; k++) {
      sums[to + k] += diff[k];
    }
  }
}
