package org.lossbook.engine;

import java.util.Arrays;

/**
 * The gradient of a table of which a step reads a few rows, such as the vectors of a batch's words:
 * those rows alone, side by side, so that neither memory nor time grows with the table. It begins
 * anew in constant time.
 */
public final class RowGradient {
  /** So many rows are read ahead; they fit into the processor's nearest cache. */
  private static final int AHEAD = 256;

  private final Parameters.Slot slot;
  private final int width;
  private final int words;

  /** Where each row of the table stands among those met; of the others, any number. */
  private final int[] places;

  private int[] rows = {};
  private int[] starts = {};
  private float[] values = {};
  private int count;
  private boolean keeps;
  private int touched; // so that the compiler does not leave the reading out

  /**
   * @param slot a table {@code [words, width]}
   */
  public RowGradient(Parameters.Slot slot) {
    this.slot = slot;
    words = slot.parameter().shape()[0];
    width = slot.parameter().shape()[1];
    Memory.heap(
        "The gradient of " + slot.parameter().name(),
        Memory.product(Integer.BYTES, words),
        "take fewer words");
    places = new int[words];
  }

  /** Makes room for so many rows, so that no step has to. */
  public void reserve(int positions) {
    int most = Math.min(words, positions);
    if (most > rows.length) {
      Memory.heap(
          "The gradient of " + slot.parameter().name(),
          Memory.product(2L * Integer.BYTES + (long) width * Float.BYTES, most),
          "take smaller batches");
      rows = Arrays.copyOf(rows, most);
      starts = Arrays.copyOf(starts, most);
      values = Arrays.copyOf(values, most * width);
    }
  }

  /** Forgets all rows, unless it was told to keep them. */
  public void begin() {
    count = keeps ? count : 0;
  }

  /** Whether the next backward pass adds to the rows of the one before. */
  public void keep(boolean earlier) {
    keeps = earlier;
  }

  /**
   * Finds where the rows' gradients are added up.
   *
   * @param into gets the index in {@link #values} of each row's first number, or {@code -1 - index}
   *     where the row is met for the first time: its numbers there are undefined until somebody
   *     sets them
   */
  public void place(int[] next, int count, int[] into) {
    long most = this.count + (long) count;
    if (most > rows.length) {
      reserve((int) Math.min(words, Math.max(most, 2L * this.count)));
    }
    for (int from = 0; from < count; from += AHEAD) {
      int to = Math.min(count, from + AHEAD);
      touched = touch(next, from, to);
      for (int i = from; i < to; i++) {
        int row = next[i];
        int place = places[row];
        into[i] = place < this.count && rows[place] == row ? place * width : -1 - added(row);
      }
    }
  }

  /** Reads places that are wanted next, so that the processor waits for many at a time. */
  private int touch(int[] next, int from, int to) {
    int sum = 0;
    for (int i = from; i < to; i++) {
      sum += places[next[i]];
    }
    return sum;
  }

  private int added(int row) {
    int place = count++;
    places[row] = place;
    rows[place] = row;
    starts[place] = slot.offset() + row * width;
    return place * width;
  }

  /** The table. */
  public Parameters.Slot slot() {
    return slot;
  }

  /** How many numbers a row has. */
  public int width() {
    return width;
  }

  /** How many rows were met. */
  public int count() {
    return count;
  }

  /** The index of each met row's first number in the flat vector of parameters. */
  public int[] starts() {
    return starts;
  }

  /** The gradients of the rows that were met, one after the other. */
  public float[] values() {
    return values;
  }
}
