package org.lossbook.data;

import org.lossbook.base.Messages;

/** Thrown when rows are out of range; the message says which rows there are. */
public final class NoSuchRows extends IndexOutOfBoundsException {
  private static final long serialVersionUID = 1L;

  NoSuchRows(String message) {
    super(message);
  }

  /** Checks the range of rows from {@code from} (inclusive) to {@code to} (exclusive). */
  static void check(String who, int from, int to, int size) {
    if (from < 0 || to < from || to > size) {
      throw new NoSuchRows(
          Messages.of(
              "%s expects rows between 0 and %,d, the first before the last, but receives %,d and %,d: rows(0, %d) is all of them.",
              who, size, from, to, size));
    }
  }
}
