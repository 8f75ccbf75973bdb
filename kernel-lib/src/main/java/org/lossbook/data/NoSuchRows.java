package org.lossbook.data;

/** Rows that a dataset does not have; the message says which it has. */
public final class NoSuchRows extends IndexOutOfBoundsException {
  private static final long serialVersionUID = 1L;

  NoSuchRows(String message) {
    super(message);
  }

  /** The rows from one up to, but without, another. */
  static void check(String who, int from, int to, int size) {
    if (from < 0 || to < from || to > size) {
      throw new NoSuchRows(
          "%s expects rows between 0 and %,d, the first before the last, but receives %,d and %,d: rows(0, %d) is all of them."
              .formatted(who, size, from, to, size));
    }
  }
}
