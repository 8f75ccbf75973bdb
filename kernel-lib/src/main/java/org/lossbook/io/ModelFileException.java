package org.lossbook.io;

/**
 * A model file that cannot be read or written; the message says which file, why, and what to do.
 */
public final class ModelFileException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With a message for the reader. */
  public ModelFileException(String message) {
    super(message);
  }

  /** With a message and a cause. */
  public ModelFileException(String message, Throwable cause) {
    super(message, cause);
  }
}
