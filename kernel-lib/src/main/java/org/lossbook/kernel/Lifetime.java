package org.lossbook.kernel;

/** Makes sure that the process ends: no cell and no lost parent may keep it alive. */
final class Lifetime {
  private static final long GRACE_MILLIS = 1_500;

  private Lifetime() {}

  /** Ends the process when the one that started it has died without a word. */
  static void endWithParent() {
    String parent = System.getenv("JPY_PARENT_PID");
    if (parent == null || !parent.chars().allMatch(Character::isDigit)) {
      return;
    }
    ProcessHandle.of(Long.parseLong(parent))
        .ifPresent(process -> process.onExit().thenRun(() -> System.exit(0)));
  }

  /** Ends the process after a moment, whatever still runs in it. */
  static void endSoon() {
    var end =
        new Thread(
            () -> {
              try {
                Thread.sleep(GRACE_MILLIS);
              } catch (InterruptedException e) {
                // ends sooner
              }
              Runtime.getRuntime().halt(0);
            },
            "end");
    end.setDaemon(true);
    end.start();
  }
}
