package org.lossbook.kernel.cell;

import java.nio.file.Path;
import org.lossbook.Internal;

/**
 * What is said of libraries whose classes are not used.
 *
 * @hidden
 */
@Internal
public final class LibraryNotes {
  private static final ThreadLocal<Boolean> OTHERS_NEED_IT = ThreadLocal.withInitial(() -> false);

  private LibraryNotes() {}

  /** Runs {@code adding}, which adds what the reader did not name: that it is there is no news. */
  public static void asNeeded(Runnable adding) {
    OTHERS_NEED_IT.set(true);
    try {
      adding.run();
    } finally {
      OTHERS_NEED_IT.remove();
    }
  }

  static void say(Path path, String why) {
    System.out.println(path.getFileName() + " is not used: " + why);
  }

  static void anotherVersion(Path path) {
    if (!OTHERS_NEED_IT.get()) {
      say(path, "another version was added before. Restart the kernel to change it.");
    }
  }
}
