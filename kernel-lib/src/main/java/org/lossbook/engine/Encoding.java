package org.lossbook.engine;

import java.util.Arrays;

/** How categories, whole numbers from 0 on, become rows with a number for each category. */
public enum Encoding {
  /** A row for each: 1 at its category, else 0. {@code [...] -> [..., categories]} */
  ONE_HOT,
  /** 1 for each category among those along the first axis. {@code [n, ...] -> [..., categories]} */
  MULTI_HOT,
  /** How many there are of each category along the first axis. */
  COUNT;

  /**
   * The shape that samples of that shape get; a last axis of one category is replaced by a row, as
   * in Keras.
   */
  public int[] shape(int categories, int... sample) {
    int[] kept =
        this != ONE_HOT
            ? Arrays.copyOfRange(sample, 1, sample.length)
            : Arrays.copyOf(sample, sample.length - (hasOne(sample) ? 1 : 0));
    int[] shape = Arrays.copyOf(kept, kept.length + 1);
    shape[kept.length] = categories;
    return shape;
  }

  private static boolean hasOne(int... sample) {
    return sample.length > 0 && sample[sample.length - 1] == 1;
  }
}
