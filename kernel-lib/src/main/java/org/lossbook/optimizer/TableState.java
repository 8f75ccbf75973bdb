package org.lossbook.optimizer;

import org.lossbook.engine.Parameters;

/**
 * What an optimizer remembers of a table that it moves by rows: the numbers that its vectors have
 * for a row lie side by side, so that a row of a large table waits for memory once, not once for
 * each vector.
 */
final class TableState {
  /** So many numbers come from memory together. */
  private static final int LINE = 16;

  /** With the array's header they fill a line, where a collector gives a large array its own. */
  private static final int LEAD = 12;

  private final int start;
  private final int size;
  private final int width;
  private final ChunkedVector[] vectors;
  private final int record; // the numbers of a row
  private final float[] numbers;
  private int touched; // so that the compiler does not leave the reading out

  /** Takes over what the vectors have of a table. */
  TableState(Parameters.Slot slot, ChunkedVector... vectors) {
    this.vectors = vectors;
    start = slot.offset();
    size = slot.size();
    width = slot.parameter().shape()[1];
    record = width * vectors.length;
    numbers = new float[LEAD + size * vectors.length];
    take();
  }

  /** Whether the numbers of so many vectors fit into an array. */
  static boolean fits(Parameters.Slot slot, int vectors) {
    return vectors > 0 && (long) vectors * slot.size() < Integer.MAX_VALUE - LINE;
  }

  /** Whether a row that begins there is one of the table's. */
  boolean has(int row) {
    return row >= start && row - start < size;
  }

  private int place(int row) {
    return LEAD + (row - start) * vectors.length;
  }

  /** Takes over what the vectors have of the table. */
  void take() {
    for (int row = start, to = LEAD; row < start + size; row += width) {
      for (ChunkedVector vector : vectors) {
        vector.read(row, numbers, to, width);
        to += width;
      }
    }
    for (ChunkedVector vector : vectors) {
      vector.release(start, size);
    }
  }

  /** Gives it back to the vectors. */
  void giveBack() {
    for (int row = start, from = LEAD; row < start + size; row += width) {
      for (ChunkedVector vector : vectors) {
        vector.write(row, numbers, from, width);
        from += width;
      }
    }
  }

  /** Copies a vector's numbers of the table to their places in the whole vector. */
  void copy(ChunkedVector vector, float[] whole) {
    for (int v = 0; v < vectors.length; v++) {
      if (vectors[v] == vector) {
        for (int row = start, from = LEAD + v * width; row < start + size; row += width) {
          System.arraycopy(numbers, from, whole, row, width);
          from += record;
        }
      }
    }
  }

  /** Copies rows to the vectors' scratch chunks, one after the other. */
  void gather(int[] starts, int first, int count, int thread) {
    touched = touch(starts, first, count);
    for (int v = 0; v < vectors.length; v++) {
      float[] into = vectors[v].from(ChunkedVector.lane(thread));
      int shift = v * width;
      for (int i = 0, at = 0; i < count; i++, at += width) {
        System.arraycopy(numbers, place(starts[first + i]) + shift, into, at, width);
      }
    }
  }

  /**
   * Reads a number of each line, so that the processor waits for many rows of a large table at a
   * time.
   */
  private int touch(int[] starts, int first, int count) {
    int bits = 0;
    for (int i = first; i < first + count; i++) {
      int from = place(starts[i]);
      int end = from + record;
      for (int k = from; k < end; k += LINE) {
        bits ^= Float.floatToRawIntBits(numbers[k]);
      }
    }
    return bits;
  }

  /** Copies the rows back. */
  void scatter(int[] starts, int first, int count, int thread) {
    for (int v = 0; v < vectors.length; v++) {
      float[] from = vectors[v].from(ChunkedVector.lane(thread));
      int shift = v * width;
      for (int i = 0, at = 0; i < count; i++, at += width) {
        System.arraycopy(from, at, numbers, place(starts[first + i]) + shift, width);
      }
    }
  }
}
