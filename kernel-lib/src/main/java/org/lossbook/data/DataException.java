package org.lossbook.data;

/** Data that cannot be used as asked; the message says which, what was expected, and what to do. */
public class DataException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A message for a person in a notebook. */
  public DataException(String message) {
    super(message);
  }

  /** The same, with what led to it. */
  public DataException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Data that is nowhere to be had: in no folder, and no mirror gives it. */
  public static final class Unavailable extends DataException {
    private static final long serialVersionUID = 1L;

    /** A message that lists the places tried. */
    public Unavailable(String message) {
      super(message);
    }
  }

  /** The reader stopped the cell while data was on its way; the thread stays interrupted. */
  public static final class Interrupted extends DataException {
    private static final long serialVersionUID = 1L;

    /** A message that says what was stopped. */
    public Interrupted(String message) {
      super(message);
    }
  }
}
