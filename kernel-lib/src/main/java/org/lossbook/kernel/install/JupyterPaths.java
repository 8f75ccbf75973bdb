package org.lossbook.kernel.install;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Jupyter's data directories, as {@code jupyter --paths} lists them. */
final class JupyterPaths {
  private static final String OS = System.getProperty("os.name").toLowerCase(java.util.Locale.ROOT);
  private static final boolean WINDOWS = OS.startsWith("windows");

  private JupyterPaths() {}

  /** The data directory of an installation under {@code prefix}. */
  static Path underPrefix(Path prefix) {
    return prefix.toAbsolutePath().normalize().resolve("share").resolve("jupyter");
  }

  /** The user's own data directory. */
  static Path user() {
    String set = System.getenv("JUPYTER_DATA_DIR");
    if (set != null && !set.isBlank()) {
      return Path.of(set).toAbsolutePath();
    }
    Path home = Path.of(System.getProperty("user.home"));
    if (WINDOWS) {
      return Path.of(environment("APPDATA", home.resolve("AppData/Roaming"))).resolve("jupyter");
    }
    if (OS.startsWith("mac")) {
      return home.resolve("Library").resolve("Jupyter");
    }
    return Path.of(environment("XDG_DATA_HOME", home.resolve(".local/share"))).resolve("jupyter");
  }

  /** The prefix of the active Python environment, else that of {@code python3}. */
  static Path pythonPrefix() {
    for (String name : new String[] {"VIRTUAL_ENV", "CONDA_PREFIX"}) {
      String set = System.getenv(name);
      if (set != null && !set.isBlank()) {
        return Path.of(set);
      }
    }
    try {
      String python = WINDOWS ? "python" : "python3";
      var process =
          new ProcessBuilder(python, "-c", "import sys; print(sys.prefix)")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String prefix = new String(process.getInputStream().readAllBytes()).strip();
      if (!prefix.isEmpty()) {
        return Path.of(prefix);
      }
    } catch (IOException e) {
      // reported below
    }
    throw new IllegalStateException(
        "--sys-prefix finds no Python: activate an environment or give --prefix DIR.");
  }

  /** All data directories that Jupyter searches, and {@code own}. */
  static List<Path> all(Path own) {
    Set<Path> all = new LinkedHashSet<>();
    String listed = System.getenv("JUPYTER_PATH");
    if (listed != null) {
      for (String each : listed.split(File.pathSeparator)) {
        if (!each.isBlank()) {
          all.add(Path.of(each).toAbsolutePath());
        }
      }
    }
    all.add(own);
    all.add(user());
    for (String name : new String[] {"VIRTUAL_ENV", "CONDA_PREFIX"}) {
      String set = System.getenv(name);
      if (set != null && !set.isBlank()) {
        all.add(underPrefix(Path.of(set)));
      }
    }
    if (WINDOWS) {
      all.add(Path.of(environment("PROGRAMDATA", Path.of("C:/ProgramData"))).resolve("jupyter"));
    } else {
      all.add(Path.of("/usr/local/share/jupyter"));
      all.add(Path.of("/usr/share/jupyter"));
    }
    var present = new ArrayList<>(all);
    present.removeIf(path -> !Files.isDirectory(path));
    return present;
  }

  private static String environment(String name, Path otherwise) {
    String set = System.getenv(name);
    return set == null || set.isBlank() ? otherwise.toString() : set;
  }
}
