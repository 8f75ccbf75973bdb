package org.lossbook.notebook;

import java.util.Locale;

/** Work that was ended by an interrupt of its cell; the thread stays interrupted. */
public class InterruptedWork extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With a message that says what was interrupted, and how far it was. */
  public InterruptedWork(String message) {
    super(message);
  }

  /**
   * Checks whether the cell was interrupted; it takes nanoseconds, and is for loops that may be
   * long.
   *
   * @param call the running call, {@code descend}
   * @param pieces what is counted, {@code steps}
   * @throws InterruptedWork if it was interrupted
   */
  public static void check(String call, long done, long all, String pieces) {
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedWork(
          String.format(
              Locale.ROOT, "%s was interrupted after %,d of %,d %s.", call, done, all, pieces));
    }
  }
}
