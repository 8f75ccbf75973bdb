package org.lossbook.kernel.install;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.lossbook.kernel.LossbookKernel;
import org.lossbook.kernel.help.SourceDocs;

/**
 * The directory of an installed kernel, with its kernelspec, logo and jar, so that it works without
 * the checkout it came from. It also holds a list of the installed files.
 */
final class KernelHome {
  private static final String LIST = "installed-files.txt";
  private static final String ARCHIVE = "classes.jsa";

  /** The startup code of IJava, which runs before the reader's first cell. */
  private static final String STARTUP =
      """
      import java.nio.file.*;
      import java.util.function.*;
      import java.util.stream.*;
      import static org.lossbook.Lossbook.*;
      org.lossbook.notebook.Screen.current();
      """;

  static final String LOGGING = "logging.properties";

  /**
   * Silences the base's loggers, which report every thread they start; the reader's own are
   * unaffected.
   */
  static final String QUIET =
      """
      handlers = java.util.logging.ConsoleHandler
      .level = INFO
      Jupyter.level = OFF
      Loop-Heartbeat-0.level = OFF
      Loop-Shell-0.level = OFF
      Loop-Shell-1.level = OFF
      """;

  private final Path directory;
  private final Set<String> written = new LinkedHashSet<>();

  KernelHome(Path directory) {
    this.directory = directory;
  }

  Path directory() {
    return directory;
  }

  /**
   * Writes the kernel; unchanged files stay.
   *
   * @param ijava the jar of the IJava to run; none for the embedded kernel
   * @return the one jar of the library
   */
  Path install(Optional<Path> ijava) throws IOException {
    Set<String> before = listed();
    Files.createDirectories(directory);
    Path jar = directory.resolve(AllJar.NAME);
    boolean changed = AllJar.write(ownJars(), jar);
    written.add(AllJar.NAME);
    for (Path sources : SourceDocs.sourcesBeside(ownJars().get(0)).stream().toList()) {
      copy(sources, AllJar.NAME.replace(".jar", "-sources.jar"));
    }
    for (Map.Entry<String, byte[]> picture : Logo.files().entrySet()) {
      write(picture.getKey(), picture.getValue());
    }
    write(LOGGING, QUIET.getBytes(StandardCharsets.UTF_8));
    List<String> argv;
    Map<String, String> environment = Map.of();
    if (ijava.isPresent()) {
      write("startup.jshell", STARTUP.getBytes(StandardCharsets.UTF_8));
      argv = KernelSpec.ijava(ijava.get(), directory.resolve(LOGGING));
      environment = KernelSpec.attachment(jar, directory.resolve("startup.jshell"));
    } else {
      argv = embedded(jar, "{connection_file}");
      archive(jar, changed);
    }
    write("kernel.json", KernelSpec.json(argv, environment).getBytes(StandardCharsets.UTF_8));
    before.removeAll(written);
    delete(before);
    write(LIST, (String.join("\n", written) + "\n").getBytes(StandardCharsets.UTF_8));
    return jar;
  }

  /** Removes what {@link #install} wrote; false if there is nothing of ours. */
  boolean remove() throws IOException {
    Path spec = directory.resolve("kernel.json");
    Set<String> files = listed();
    if (files.isEmpty()
        || !Files.isRegularFile(spec)
        || !Files.readString(spec).contains(KernelSpec.MARK)) {
      return false;
    }
    files.add(LIST);
    delete(files);
    deleteIfEmpty(directory);
    return true;
  }

  /** The jars of this process: the library first, then the rest by name. */
  static List<Path> ownJars() {
    return jarsOf(System.getProperty("java.class.path"));
  }

  /** The jars of a class path; not those of sources and Javadoc, which {@code target/*} has too. */
  static List<Path> jarsOf(String classPath) {
    var jars = new ArrayList<Path>();
    for (String entry : classPath.split(File.pathSeparator)) {
      if (entry.endsWith(".jar") && !entry.matches(".*-(sources|javadoc)\\.jar")) {
        jars.add(Path.of(entry).toAbsolutePath().normalize());
      }
    }
    if (jars.stream().noneMatch(KernelHome::isLibrary)) {
      throw new IllegalStateException(
          "The library's jar is not on the class path: build it first and name it with -cp.");
    }
    // The launcher expands lib/* in directory order; the class archive needs a fixed order.
    Collections.sort(jars, java.util.Comparator.comparing(p -> p.getFileName().toString()));
    jars.sort(java.util.Comparator.comparing(jar -> !isLibrary(jar)));
    return jars;
  }

  private static boolean isLibrary(Path jar) {
    return jar.getFileName().toString().startsWith("lossbook-");
  }

  private boolean copy(Path from, String name) throws IOException {
    Path to = directory.resolve(name);
    written.add(name);
    if (Files.exists(to)
        && Files.size(to) == Files.size(from)
        && to.toFile().lastModified() == from.toFile().lastModified()) {
      return false;
    }
    Files.createDirectories(to.getParent());
    Path part = to.resolveSibling(to.getFileName() + ".part");
    Files.copy(from, part, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
    Files.move(part, to, StandardCopyOption.REPLACE_EXISTING);
    return true;
  }

  private void write(String name, byte[] content) throws IOException {
    Path to = directory.resolve(name);
    written.add(name);
    if (!Files.exists(to) || !java.util.Arrays.equals(Files.readAllBytes(to), content)) {
      Path part = to.resolveSibling(to.getFileName() + ".part");
      Files.write(part, content);
      Files.move(part, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /**
   * Creates the class archive (CDS) by a rehearsal of the kernel; without it the kernel only starts
   * slower.
   */
  private void archive(Path jar, boolean changed) throws IOException {
    Path archive = directory.resolve(ARCHIVE);
    Path java = directory.resolve("java-version.txt");
    String version = System.getProperty("java.home") + " " + Runtime.version() + "\n";
    boolean current =
        !changed
            && Files.exists(archive)
            && Files.exists(java)
            && Files.readString(java).equals(version);
    if (!current) {
      Files.deleteIfExists(archive);
      List<String> words = embedded(jar, LossbookKernel.REHEARSE);
      words.replaceAll(word -> word.replace("-XX:SharedArchiveFile=", "-XX:ArchiveClassesAtExit="));
      try {
        new ProcessBuilder(words)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    if (Files.exists(archive)) {
      written.add(ARCHIVE);
      write("java-version.txt", version.getBytes(StandardCharsets.UTF_8));
    }
  }

  private List<String> embedded(Path jar, String argument) {
    return KernelSpec.embedded(
        jar, directory.resolve(ARCHIVE), directory.resolve(LOGGING), argument);
  }

  private Set<String> listed() throws IOException {
    Path list = directory.resolve(LIST);
    return Files.exists(list)
        ? new LinkedHashSet<>(Files.readAllLines(list))
        : new LinkedHashSet<>();
  }

  private void delete(Set<String> names) throws IOException {
    for (String name : names) {
      Path file = directory.resolve(name).normalize();
      if (file.startsWith(directory.normalize())) {
        Files.deleteIfExists(file);
      }
    }
    for (String folder : List.of("lib", "sources")) { // left by an installation with many jars
      deleteIfEmpty(directory.resolve(folder));
    }
  }

  private static void deleteIfEmpty(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      boolean empty;
      try (var left = Files.newDirectoryStream(folder)) {
        empty = !left.iterator().hasNext();
      }
      if (empty) {
        Files.delete(folder);
      }
    }
  }
}
