package org.lossbook.data.view;

import org.lossbook.Internal;
import org.lossbook.base.Messages;

/**
 * Checks indices before anything is copied.
 *
 * @hidden
 */
@Internal
public final class IndexChecks {
  private IndexChecks() {}

  /**
   * Checks the arguments of {@link SampleSource#gatherX} and {@link SampleSource#gatherY}.
   *
   * @param size the number of samples
   * @param width the number of elements in a row
   */
  public static void gather(
      String who, int[] order, int from, int count, float[] into, int size, int width) {
    if (order == null || into == null) {
      throw new IllegalArgumentException(
          who
              + " expects the indices of samples and an array to fill but receives null:"
              + " x().rows(0, 2).toArray() is simpler.");
    }
    if (from < 0 || count < 0 || count > order.length - from) {
      throw Messages.wrong(
          "%s expects a range within the order of %,d samples but receives %,d from index %,d on: ask for no more than there are.",
          who, order.length, count, from);
    }
    if ((long) count * width > into.length) {
      throw Messages.wrong(
          "%s expects room for %,d samples of %,d numbers but receives an array of %,d: make it longer.",
          who, count, width, into.length);
    }
    for (int i = from; i < from + count; i++) {
      if (order[i] < 0 || order[i] >= size) {
        throw Messages.wrong(
            "%s expects samples 0 to %,d but the order names %,d: there are %,d.",
            who, size - 1, order[i], size);
      }
    }
  }
}
