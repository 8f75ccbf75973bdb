package org.lossbook.callback;

/**
 * The failure of a callback, which ended a run of fit between two steps: the message says which
 * callback failed, where and why; the cause is its own exception. The weights are those of the last
 * step and {@code model.history()} holds the run so far.
 */
public final class CallbackException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With what the callback threw. */
  public CallbackException(String message, Throwable cause) {
    super(message, cause);
  }
}
