package org.lossbook.quick;

import java.util.List;
import java.util.Optional;

/** Which command checks a file that no test in Java is about. */
final class Elsewhere {
  private static final String PYTEST = ".venv/bin/python -m pytest ";
  private static final String GOLDEN_SCRIPTS = "kernel-lib/src/test/golden/";

  private Elsewhere() {}

  static void print(List<String> paths) {
    paths.stream()
        .flatMap(path -> check(path).stream())
        .forEach(note -> System.out.println("Not checked here: " + note));
  }

  /** In words; empty for prose, and for what tests in Java are about. */
  static Optional<String> check(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    if (path.startsWith("kernel-lib/src/") && !path.startsWith(GOLDEN_SCRIPTS)
        || path.equals("NOTICE")) {
      return Optional.empty();
    }
    if (path.startsWith("notebooks/") && name.endsWith(".ipynb")) {
      return said(path, "./lossbook test " + name.replace(".ipynb", ""));
    }
    if (path.equals("notebooks/README.md")) {
      return said(path, PYTEST + "notebooks/tests/test_contents.py");
    }
    if (path.startsWith("notebooks/tests/") && name.startsWith("test_")) {
      return said(path, PYTEST + path);
    }
    if (path.startsWith("notebooks/")) {
      return said(path, PYTEST + "notebooks/tests");
    }
    if (path.startsWith("benchmarks/")) {
      return said(path, PYTEST + "benchmarks/tests");
    }
    if (path.startsWith("binder/")) {
      return said(path, "binder/rehearse");
    }
    if (path.equals("lossbook")) {
      return said(path, "shellcheck lossbook && " + PYTEST + "notebooks/tests/test_script.py");
    }
    if (path.startsWith(GOLDEN_SCRIPTS)) {
      return said(path, "the script itself: see kernel-lib/src/test/resources/golden/README.md");
    }
    return name.endsWith(".md") || name.startsWith("LICENSE")
        ? Optional.empty()
        : said(path, "./lossbook test");
  }

  private static Optional<String> said(String path, String command) {
    return Optional.of(path + ": " + command);
  }
}
