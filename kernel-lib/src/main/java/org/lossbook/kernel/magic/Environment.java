package org.lossbook.kernel.magic;

import static org.lossbook.base.Messages.wrong;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The variables and the working directory of the programs that cells start. A JVM can change
 * neither for itself, so they are kept here.
 */
final class Environment {
  /** Where the kernel was started: Java's own file calls always begin there. */
  static final Path START = Path.of("").toAbsolutePath();

  private final Map<String, String> changed = new TreeMap<>();
  private Path folder = START;
  private Path before = START;

  /** All variables, by name. */
  Map<String, String> variables() {
    return new TreeMap<>(builder(List.of()).environment());
  }

  /** The value of the variable {@code name}, on Windows in whatever case. */
  Optional<String> variable(String name) {
    return Optional.ofNullable(builder(List.of()).environment().get(name));
  }

  void set(String name, String value) {
    changed.put(name, value);
  }

  /** What starts a program with these variables, in this folder. */
  ProcessBuilder builder(List<String> words) {
    var builder = new ProcessBuilder(words);
    builder.environment().putAll(changed);
    return builder.directory(folder.toFile());
  }

  Path folder() {
    return folder;
  }

  /** The folder before the last {@link #enter}. */
  Path before() {
    return before;
  }

  /** Makes {@code name} the folder. */
  void enter(String magic, String name) {
    Path to = path(magic, name, "a folder").normalize();
    if (!Files.isDirectory(to)) {
      throw wrong(
          "%s expects a folder but receives %s%s: the path is taken from %s.",
          magic, name, Files.exists(to) ? ", a file" : ", which is not there", folder);
    }
    before = folder;
    folder = to;
  }

  /** The absolute path of the file {@code name}, in the folder; {@code ~/} is the user's home. */
  Path file(String magic, String name) {
    Path path = path(magic, name, "the path of a file");
    if (name.isEmpty() || path.getFileName() == null) {
      throw wrong("%s expects the path of a file but receives %s.", magic, name);
    }
    return path;
  }

  /** {@code glob} from the folder, where it is not absolute. */
  String glob(String glob) {
    boolean stays = folder.equals(START) || glob.startsWith("/") || glob.matches("[A-Za-z]:.*");
    return stays ? glob : folder.toString().replace('\\', '/') + "/" + glob;
  }

  private Path path(String magic, String name, String what) {
    boolean home = name.equals("~") || name.startsWith("~/");
    try {
      return folder.resolve(home ? System.getProperty("user.home") + name.substring(1) : name);
    } catch (InvalidPathException e) {
      throw wrong("%s expects %s but receives %s.", magic, what, name);
    }
  }
}
