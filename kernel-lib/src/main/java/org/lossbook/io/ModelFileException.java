package org.lossbook.io;

/** A file that cannot be read or written as asked; the message says which, what, and what to do. */
public final class ModelFileException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A message for a person in a notebook. */
  public ModelFileException(String message) {
    super(message);
  }

  /** The same, with what led to it. */
  public ModelFileException(String message, Throwable cause) {
    super(message, cause);
  }
}
