package org.lossbook.kernel.protocol;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Reports dropped messages on the process's own stderr, which Jupyter adds to its log: {@link
 * System#err} belongs to the cells.
 */
final class DropLog {
  private static final int LINES = 100;

  private final PrintStream out;
  private int dropped;

  DropLog() {
    this(new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8));
  }

  DropLog(PrintStream out) {
    this.out = out;
  }

  /** Reports a message that {@code channel} drops; a flood of them is not logged to its end. */
  synchronized void drop(String channel, Throwable why) {
    dropped++;
    if (dropped > LINES) {
      return;
    }
    String reason = why instanceof Rejected ? why.getMessage() : "it cannot be read: " + why;
    String line = reason.lines().findFirst().orElse("");
    out.println(
        "Lossbook's kernel drops a message on the "
            + channel
            + " channel: "
            + line.substring(0, Math.min(200, line.length()))
            + (dropped == LINES ? "; later ones are not logged" : ""));
  }
}
