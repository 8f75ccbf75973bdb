package org.lossbook.training;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.lossbook.Internal;
import org.lossbook.base.Messages;
import org.lossbook.engine.Memory;
import org.lossbook.engine.Shapes;

/**
 * Splits rows of several values side by side, as a dataset gives them, into one array per value, as
 * a plan takes them. With a single value both are the same array. Allocates nothing after
 * construction.
 *
 * @hidden
 */
@Internal
public final class Columns {
  private final int[] widths;
  private final int width;
  private final float[] rows;
  private final float[][] parts;

  /**
   * @param batch the maximum number of rows
   * @param widths how many numbers of a row each value has
   */
  public Columns(int batch, int... widths) {
    this.widths = widths.clone();
    long all = Arrays.stream(widths).asLongStream().sum();
    Supplier<String> who = () -> Messages.of("A batch of %,d samples of %,d numbers", batch, all);
    rows = new float[Memory.length(who, Float.BYTES, "use smaller batches", batch, all)];
    width = (int) all;
    long again = widths.length == 1 ? 0 : Memory.product(Float.BYTES, batch, all);
    Memory.heap(who, again, "use smaller batches");
    parts = new float[widths.length][];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = widths.length == 1 ? rows : new float[batch * widths[i]];
    }
  }

  /** Columns for values of these shapes. */
  public static Columns of(int batch, List<int[]> shapes) {
    return new Columns(batch, shapes.stream().mapToInt(Shapes::size).toArray());
  }

  /** All values, row by row; fill it before {@link #split}. */
  public float[] rows() {
    return rows;
  }

  /** The number of values. */
  int parts() {
    return parts.length;
  }

  /** The rows of one value. */
  float[] part(int index) {
    return parts[index];
  }

  /** Copies the first {@code count} rows into the values' own arrays. */
  void split(int count) {
    if (parts.length == 1) {
      return;
    }
    int from = 0;
    for (int p = 0; p < parts.length; p++) {
      int own = widths[p];
      for (int r = 0; r < count; r++) {
        System.arraycopy(rows, r * width + from, parts[p], r * own, own);
      }
      from += own;
    }
  }
}
