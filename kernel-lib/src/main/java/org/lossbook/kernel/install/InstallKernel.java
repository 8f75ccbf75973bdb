package org.lossbook.kernel.install;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.lossbook.Internal;
import org.lossbook.kernel.magic.ClasspathMagics;

/**
 * Installs the kernelspec {@code lossbook} with the library, or removes them. It is run from the
 * jars that it installs:
 *
 * <pre>{@code
 * java -cp 'target/lossbook.jar:target/lib/*' org.lossbook.kernel.install.InstallKernel --prefix DIR
 * }</pre>
 *
 * <ul>
 *   <li>{@code --prefix DIR} installs under {@code DIR/share/jupyter}, {@code --sys-prefix} under
 *       that of the active Python environment, {@code --user} in the user's Jupyter directory;
 *   <li>{@code --embedded} uses the embedded kernel even if IJava is installed, {@code --ijava JAR}
 *       the IJava in that jar; without either, an IJava that Jupyter knows is used;
 *   <li>{@code --uninstall} removes the installed files, and nothing else.
 * </ul>
 *
 * @hidden
 */
@Internal
public final class InstallKernel {
  private static final String USAGE =
      "usage: InstallKernel [--uninstall] (--prefix DIR | --user | --sys-prefix)"
          + " [--embedded | --ijava JAR]";

  private Path data;
  private boolean remove;
  private boolean embedded;
  private Path ijava;

  private InstallKernel() {}

  /** Runs the command; on failure prints one line and exits with code 1. */
  public static void main(String[] args) {
    try {
      var install = new InstallKernel();
      install.read(new ArrayDeque<>(List.of(args)));
      System.out.println(install.run());
    } catch (IllegalArgumentException | IllegalStateException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    } catch (IOException | UncheckedIOException e) {
      System.err.println("The kernel cannot be written: " + e.getMessage());
      System.exit(1);
    }
  }

  private void read(Deque<String> args) {
    while (!args.isEmpty()) {
      String arg = args.pop();
      switch (arg) {
        case "--prefix" -> data = JupyterPaths.underPrefix(Path.of(value(arg, args)));
        case "--user" -> data = JupyterPaths.user();
        case "--sys-prefix" -> data = JupyterPaths.underPrefix(JupyterPaths.pythonPrefix());
        case "--ijava" -> ijava = Path.of(value(arg, args)).toAbsolutePath();
        case "--embedded" -> embedded = true;
        case "--uninstall" -> remove = true;
        default -> throw new IllegalArgumentException("unknown argument " + arg + "\n" + USAGE);
      }
    }
    if (data == null) {
      throw new IllegalArgumentException(USAGE);
    }
  }

  private static String value(String name, Deque<String> args) {
    if (args.isEmpty()) {
      throw new IllegalArgumentException(name + " needs a value\n" + USAGE);
    }
    return args.pop();
  }

  private String run() throws IOException {
    var home = new KernelHome(data.resolve("kernels").resolve("lossbook"));
    if (remove) {
      return home.remove()
          ? "removed the kernel lossbook from " + home.directory()
          : "no Lossbook kernel in " + home.directory() + ": nothing removed";
    }
    if (ModuleLayer.boot().findModule("jdk.jshell").isEmpty()) {
      throw new IllegalStateException(
          "The kernel needs a JDK 17 or later: the Java in "
              + System.getProperty("java.home")
              + " has no JShell. Install a JDK, not a JRE.");
    }
    Optional<Path> found =
        embedded ? Optional.empty() : ijava != null ? Optional.of(ijava) : findIJava();
    if (found.isPresent() && !Files.isRegularFile(found.get())) {
      throw new IllegalArgumentException("There is no jar of IJava at " + found.get());
    }
    Path jar = home.install(found);
    return "installed the kernel lossbook ("
        + found.map(path -> "IJava, " + path).orElse("embedded")
        + ") in "
        + home.directory()
        + "\nIn any other Java notebook of this machine, two lines load the library ("
        + Files.size(jar) / 1_000_000
        + " MB, with its natives):\n%jars "
        + ClasspathMagics.quoted(jar)
        + "\nimport static org.lossbook.Lossbook.*;";
  }

  private Optional<Path> findIJava() {
    return InstalledIJava.find(JupyterPaths.all(data));
  }
}
