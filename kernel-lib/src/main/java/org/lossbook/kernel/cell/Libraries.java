package org.lossbook.kernel.cell;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/**
 * The libraries that cells add. Their classes come before those that the kernel brings for itself,
 * such as its Gson: a cell gets the version that it asked for, and the kernel keeps its own. Only
 * what Lossbook's own API uses stays, because a table of another Tablesaw would be no table to it.
 */
final class Libraries extends URLClassLoader {
  /** The packages whose bundled version stays. */
  private static final List<String> KEPT =
      List.of(
          "org.lossbook.",
          "io.github.spencerpark.",
          "org.nd4j.",
          "org.bytedeco.",
          "tech.tablesaw.",
          "org.knowm.xchart.");

  private final ClassLoader bundled;
  private final Set<Path> own =
      keys(System.getProperty("java.class.path")).collect(Collectors.toSet());

  /** The added entries in order, and whether they come before the bundled classes. */
  private final Map<Path, Boolean> added = Collections.synchronizedMap(new LinkedHashMap<>());

  private final Set<String> first = ConcurrentHashMap.newKeySet();
  private final Set<String> usedBundled = ConcurrentHashMap.newKeySet();

  Libraries(ClassLoader bundled) {
    super("libraries", new URL[0], bundled);
    this.bundled = bundled;
  }

  /**
   * The class path of the process and the entries that JShell appended to it, in the order in which
   * this loader searches them: so the compiler finds what will be loaded.
   */
  String ordered(String classPath) {
    keys(classPath).filter(each -> !own.contains(each)).forEach(this::addIfReadable);
    Map<Boolean, List<Path>> parts =
        keys(classPath)
            .distinct()
            .filter(each -> own.contains(each) || added.containsKey(each))
            .collect(Collectors.partitioningBy(each -> added.getOrDefault(each, false)));
    return Stream.of(true, false)
        .flatMap(before -> parts.get(before).stream())
        .map(Path::toString)
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** JShell keeps an entry that cannot be read, and so would stop at each one after it. */
  private void addIfReadable(Path entry) {
    try {
      add(entry);
    } catch (IllegalArgumentException e) {
      // The loader, which is asked next, says so.
    }
  }

  /**
   * Adds a jar or a directory, and prints a line if its classes are not the ones that cells get.
   */
  void add(Path entry) {
    Path path = entry.toAbsolutePath().normalize();
    if (added.containsKey(path)) {
      return;
    }
    try {
      Set<String> names = classes(path);
      boolean before = comesFirst(path, names);
      if (before) {
        first.addAll(names);
      }
      added.put(path, before);
      addURL(path.toUri().toURL());
    } catch (IOException e) {
      throw new IllegalArgumentException(path + " cannot be added: " + e.getMessage() + ".", e);
    }
  }

  private boolean comesFirst(Path path, Set<String> names) throws IOException {
    List<String> kept = names.stream().filter(Libraries::isKept).toList();
    if (!kept.isEmpty()) {
      if (differs(path, kept, bundled)) {
        LibraryNotes.say(path, "Lossbook needs its own version of " + keptOf(kept.get(0)) + ".");
      }
      return false;
    }
    List<String> known = names.stream().filter(each -> findResource(each) != null).toList();
    if (!known.isEmpty()) {
      if (differs(path, known, this)) {
        LibraryNotes.anotherVersion(path);
      }
      return false;
    }
    boolean isBundled = names.stream().allMatch(each -> bundled.getResource(each) != null);
    if (isBundled && !differs(path, names, bundled)) {
      return false;
    }
    String used = names.stream().filter(usedBundled::contains).findFirst().orElse("");
    if (!used.isEmpty()) {
      LibraryNotes.say(
          path,
          "a cell used the kernel's own "
              + packageOf(used)
              + " before. Restart the kernel and add the jar first.");
      return false;
    }
    return true;
  }

  private static String packageOf(String file) {
    return file.substring(0, Math.max(0, file.lastIndexOf('/'))).replace('/', '.');
  }

  /** Whether {@code loader} has one of these classes with other bytes than {@code path}. */
  private static boolean differs(Path path, Collection<String> names, ClassLoader loader)
      throws IOException {
    try (var alone = new URLClassLoader(new URL[] {path.toUri().toURL()}, null)) {
      for (String each : names) {
        try (InputStream one = alone.getResourceAsStream(each);
            InputStream other = loader.getResourceAsStream(each)) {
          if (other != null && !Arrays.equals(one.readAllBytes(), other.readAllBytes())) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /** The files of the classes in a jar or a directory. */
  private static Set<String> classes(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      try (Stream<Path> files = Files.walk(path)) {
        return files
            .map(file -> path.relativize(file).toString().replace(File.separatorChar, '/'))
            .filter(Libraries::isClass)
            .collect(Collectors.toSet());
      }
    }
    if (!Files.isRegularFile(path)) {
      return Set.of();
    }
    try (var jar = new JarFile(path.toFile())) {
      return jar.stream()
          .map(ZipEntry::getName)
          .filter(Libraries::isClass)
          .collect(Collectors.toCollection(HashSet::new));
    }
  }

  private static boolean isClass(String file) {
    return file.endsWith(".class") && file.contains("/") && !file.startsWith("META-INF/");
  }

  private static boolean isKept(String file) {
    return !keptOf(file).isEmpty();
  }

  /** The package of {@link #KEPT} that a class's file is in; empty if in none. */
  private static String keptOf(String file) {
    String name = file.replace('/', '.');
    return KEPT.stream()
        .filter(name::startsWith)
        .findFirst()
        .map(each -> each.substring(0, each.length() - 1))
        .orElse("");
  }

  private static Stream<Path> keys(String classPath) {
    return Arrays.stream(classPath.split(File.pathSeparator))
        .map(entry -> Path.of(entry).toAbsolutePath().normalize());
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    String file = name.replace('.', '/') + ".class";
    if (first.contains(file) && !isOfJdk(name)) {
      synchronized (getClassLoadingLock(name)) {
        Class<?> known = findLoadedClass(name);
        return known != null ? known : findClass(name);
      }
    }
    Class<?> found = super.loadClass(name, resolve);
    if (found.getClassLoader() == bundled && !isKept(file)) {
      usedBundled.add(file);
    }
    return found;
  }

  private static boolean isOfJdk(String name) {
    try {
      ClassLoader.getPlatformClassLoader().loadClass(name);
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  @Override
  public URL getResource(String name) {
    URL own = isKept(name) ? null : findResource(name);
    return own != null ? own : super.getResource(name);
  }

  @Override
  public Enumeration<URL> getResources(String name) throws IOException {
    List<URL> all = new ArrayList<>(Collections.list(findResources(name)));
    String services = "META-INF/services/";
    boolean ownService =
        name.startsWith(services)
            && first.contains(name.substring(services.length()).replace('.', '/') + ".class");
    // The bundled providers implement the bundled interface, which is not the one that is loaded.
    if (!ownService) {
      all.addAll(Collections.list(bundled.getResources(name)));
    }
    return Collections.enumeration(all);
  }
}
