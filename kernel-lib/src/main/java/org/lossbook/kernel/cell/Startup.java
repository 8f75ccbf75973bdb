package org.lossbook.kernel.cell;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import jdk.jshell.Snippet;
import org.lossbook.Internal;

/**
 * Starts JShell while Jupyter is still connecting, so that the first cell does not wait.
 *
 * @hidden
 */
@Internal
public final class Startup {
  private static final String IMPORTS =
      """
      import java.io.*;
      import java.math.*;
      import java.net.*;
      import java.nio.file.*;
      import java.util.*;
      import java.util.concurrent.*;
      import java.util.function.*;
      import java.util.prefs.*;
      import java.util.regex.*;
      import java.util.stream.*;
      import static org.lossbook.Lossbook.*;
      import static org.lossbook.kernel.CellFunctions.*;
      """;

  private static final List<String> NOTICES = new CopyOnWriteArrayList<>();

  private Startup() {}

  /** A runner with the imports of every notebook, and the environment's options. */
  public static CellRunner run() {
    List<String> further = CompilerOptions.ofEnvironment();
    try {
      return run(CompilerOptions.with(CompilerOptions.VARIABLE, further));
    } catch (IllegalArgumentException e) {
      notice(e.getMessage());
      return run(CompilerOptions.with(CompilerOptions.VARIABLE, List.of()));
    }
  }

  /** A runner with the imports of every notebook, which compiles with {@code options}. */
  public static CellRunner run(List<String> options) {
    var cells = new CellRunner(options);
    // Straight to JShell: a cell would first look for where each of them ends.
    for (String each : IMPORTS.lines().toList()) {
      Snippet done = cells.shell().eval(each).get(0).snippet();
      if (!cells.shell().status(done).isDefined()) {
        throw new IllegalStateException(each + " " + cells.firstError(done).orElse(""));
      }
    }
    return cells;
  }

  /** Says {@code line} in the first cell, because before it nobody reads. */
  public static void notice(String line) {
    NOTICES.add(line);
  }

  /** What was not said yet. */
  public static List<String> notices() {
    List<String> all = List.copyOf(NOTICES);
    NOTICES.removeAll(all);
    return all;
  }

  public static Executor thread() {
    return task -> {
      var thread = new Thread(task, "startup");
      thread.setDaemon(true);
      thread.start();
    };
  }
}
