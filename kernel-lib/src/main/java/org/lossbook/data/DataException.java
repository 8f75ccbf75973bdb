package org.lossbook.data;

/**
 * Thrown when data cannot be used as requested; the message says which data, what was expected, and
 * how to fix it.
 */
public class DataException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** An exception with a message for a notebook user. */
  public DataException(String message) {
    super(message);
  }

  /** An exception with a message and its cause. */
  public DataException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Thrown when data is neither in a local folder nor available from a mirror. */
  public static final class Unavailable extends DataException {
    private static final long serialVersionUID = 1L;

    /** An exception whose message lists the locations tried. */
    public Unavailable(String message) {
      super(message);
    }
  }

  /** Thrown when the user interrupts a cell while data is loading; the thread stays interrupted. */
  public static final class Interrupted extends DataException {
    private static final long serialVersionUID = 1L;

    /** An exception whose message says what was interrupted. */
    public Interrupted(String message) {
      super(message);
    }
  }
}
