package org.lossbook.notebook;

import java.util.Locale;

/** Work that ended because its cell was interrupted; the thread stays interrupted. */
public class InterruptedWork extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With what was interrupted, and how far it had come. */
  public InterruptedWork(String message) {
    super(message);
  }

  /**
   * Looks whether the cell was interrupted: a call of nanoseconds, for loops that may be long.
   *
   * @param call what runs, {@code descend}
   * @param pieces what it counts, {@code steps}
   * @throws InterruptedWork if it was
   */
  public static void check(String call, long done, long all, String pieces) {
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedWork(
          String.format(
              Locale.ROOT, "%s was interrupted after %,d of %,d %s.", call, done, all, pieces));
    }
  }
}
