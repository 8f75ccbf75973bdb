package org.lossbook.kernel;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Makes sure that the process ends: neither a cell nor a dead parent may keep it alive. */
final class Lifetime {
  private static final long GRACE_MILLIS = 1_500;

  private Lifetime() {}

  /** Ends this process when its parent has died without notice. */
  static void endWithParent() {
    if (JvmOptions.isSecond()) {
      ProcessHandle.current().parent().ifPresent(Lifetime::endWith);
    }
    String parent = System.getenv("JPY_PARENT_PID");
    if (parent == null || !parent.chars().allMatch(Character::isDigit)) {
      return;
    }
    ProcessHandle.of(Long.parseLong(parent)).ifPresent(Lifetime::endWith);
  }

  private static void endWith(ProcessHandle process) {
    process.onExit().thenRun(() -> System.exit(0));
  }

  /** Calls {@code last} when this process ends, whatever ends it. */
  static void beforeEnd(Runnable last) {
    Runtime.getRuntime().addShutdownHook(new Thread(last, "leave"));
  }

  /** Ends a process that cannot serve Jupyter, with one line in Jupyter's log. */
  static void failAtStart(String why) {
    // System.err may be a cell's already.
    new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8)
        .println(why);
    System.exit(1);
  }

  /** Ends the process after a moment, whatever is still running. */
  static void endSoon() {
    var end =
        new Thread(
            () -> {
              try {
                Thread.sleep(GRACE_MILLIS);
              } catch (InterruptedException e) {
                // ends earlier
              }
              Runtime.getRuntime().halt(0);
            },
            "end");
    end.setDaemon(true);
    end.start();
  }
}
