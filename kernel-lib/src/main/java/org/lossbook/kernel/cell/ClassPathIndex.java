package org.lossbook.kernel.cell;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.tools.JavaFileObject;
import javax.tools.JavaFileObject.Kind;

/**
 * Which classes each package of the class path has. The compiler's own way to find out opens each
 * jar as a file system and visits all its files, which takes longer than the rest of the kernel's
 * start.
 */
final class ClassPathIndex {
  private static final String VERSIONS = "META-INF/versions/";

  private final Map<Path, Jar> jars = new ConcurrentHashMap<>();

  /** A jar's classes and sources by package. */
  private record Jar(JarFile file, String uri, Map<String, Set<String>> packages) {
    static final Jar EMPTY = new Jar(null, "", Map.of());

    static Jar open(Path path) throws IOException {
      // The same version of a class that the class loader takes from a multi-release jar.
      var file = new JarFile(path.toFile(), false, ZipFile.OPEN_READ, Runtime.version());
      Map<String, Set<String>> packages = new HashMap<>();
      List<String> ofVersions = new ArrayList<>();
      file.stream()
          .map(ZipEntry::getName)
          .forEach(
              name -> {
                if (!name.startsWith("META-INF/")) {
                  add(packages, name);
                } else if (name.startsWith(VERSIONS)) {
                  ofVersions.add(name.substring(name.indexOf('/', VERSIONS.length()) + 1));
                }
              });
      if (file.isMultiRelease()) { // what it has for some versions of Java, if this is one of them
        ofVersions.stream()
            .filter(name -> file.getEntry(name) != null)
            .forEach(name -> add(packages, name));
      }
      return new Jar(file, "jar:" + path.toUri() + "!", packages);
    }

    private static void add(Map<String, Set<String>> packages, String name) {
      if (ClassPathFile.kind(name) != Kind.OTHER) {
        String folder = name.substring(0, Math.max(0, name.lastIndexOf('/')));
        packages.computeIfAbsent(folder, key -> new LinkedHashSet<>()).add(name);
      }
    }

    private static String quoted(String name) {
      try {
        return new URI(null, null, "/" + name, null).getRawPath();
      } catch (URISyntaxException e) {
        throw new IllegalArgumentException(e); // a path that begins with / is one
      }
    }

    void add(String folder, Set<Kind> kinds, List<JavaFileObject> to) {
      for (String name : packages.getOrDefault(folder, Set.of())) {
        if (kinds.contains(ClassPathFile.kind(name))) {
          to.add(
              new ClassPathFile(
                  URI.create(uri + quoted(name)),
                  name,
                  () -> file.getInputStream(file.getJarEntry(name))));
        }
      }
    }
  }

  /** Begins to read the jars of the process's own class path, on a thread of its own. */
  ClassPathIndex prepared() {
    var thread =
        new Thread(
            () ->
                Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                    .map(Path::of)
                    .filter(Files::isRegularFile)
                    .forEach(this::jar),
            "class-path");
    thread.setDaemon(true);
    thread.start();
    return this;
  }

  /** The classes and sources of a package, in the order of the class path. */
  List<JavaFileObject> list(
      Iterable<? extends Path> classPath, String packageName, Set<Kind> kinds) {
    String folder = packageName.replace('.', '/');
    List<JavaFileObject> all = new ArrayList<>();
    for (Path entry : classPath) {
      if (Files.isDirectory(entry)) {
        addDirectory(entry, folder, kinds, all);
      } else if (Files.isRegularFile(entry)) {
        jar(entry).add(folder, kinds, all);
      }
    }
    return all;
  }

  /** Empty if it cannot be read, as the compiler and the class loader see it. */
  private Jar jar(Path path) {
    return jars.computeIfAbsent(
        path,
        key -> {
          try {
            return Jar.open(key);
          } catch (IOException e) {
            return Jar.EMPTY;
          }
        });
  }

  private static void addDirectory(
      Path root, String folder, Set<Kind> kinds, List<JavaFileObject> to) {
    Path directory = root.resolve(folder);
    if (!Files.isDirectory(directory)) {
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        String name = root.relativize(file).toString().replace(File.separatorChar, '/');
        if (kinds.contains(ClassPathFile.kind(name)) && !Files.isDirectory(file)) {
          to.add(new ClassPathFile(file.toUri(), name, () -> Files.newInputStream(file)));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
