package org.lossbook.kernel.cell;

import java.util.concurrent.Executor;
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

  private Startup() {}

  /** A runner with the imports of every notebook. */
  public static CellRunner run() {
    var cells = new CellRunner();
    try {
      cells.run(0, IMPORTS);
    } catch (CellFailure e) {
      throw new IllegalStateException(String.join("\n", e.lines()), e);
    }
    return cells;
  }

  public static Executor thread() {
    return task -> {
      var thread = new Thread(task, "startup");
      thread.setDaemon(true);
      thread.start();
    };
  }
}
