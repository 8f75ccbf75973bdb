package org.lossbook.data;

/** Rows that a dataset does not have; the message says which it has. */
public final class NoSuchRows extends IndexOutOfBoundsException {
  private static final long serialVersionUID = 1L;

  NoSuchRows(String message) {
    super(message);
  }
}
