package org.lossbook.quick;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The sources of one folder, their classes in another, and a file that remembers how the two belong
 * together. A source is called by its path below the folder, {@code org/lossbook/loss/Huber.java}.
 */
final class Units {
  final Path sources;
  final Path classes;
  private final Path file;
  private final String setting;
  private final Map<String, Unit> units = new TreeMap<>();

  /** Remembers nothing of a build with another class path, compiler or setting. */
  Units(Path sources, Path classes, String setting) {
    this.sources = sources;
    this.classes = classes;
    this.setting = setting;
    this.file = classes.resolveSibling(classes.getFileName() + ".units");
  }

  /** True when an earlier build with the same setting is at hand. */
  boolean read() throws IOException {
    units.clear();
    if (!Files.exists(file)) {
      return false;
    }
    List<String> lines = Files.readAllLines(file);
    if (lines.isEmpty() || !lines.get(0).equals(setting)) {
      return false;
    }
    for (String line : lines.subList(1, lines.size())) {
      int tab = line.indexOf('\t');
      units.put(line.substring(0, tab), Unit.read(line.substring(tab + 1)));
    }
    return true;
  }

  void save() throws IOException {
    List<String> lines = new ArrayList<>(List.of(setting));
    units.forEach((source, unit) -> lines.add(source + '\t' + unit.line()));
    Files.createDirectories(file.getParent());
    Path written = file.resolveSibling(file.getFileName() + ".new");
    Files.write(written, lines);
    Files.move(written, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  Map<String, Unit> all() {
    return units;
  }

  Unit get(String source) {
    return units.get(source);
  }

  void put(String source, Unit unit) {
    units.put(source, unit);
  }

  /** Takes a source's classes away, so that none stays that it no longer has. */
  void deleteClasses(String source) throws IOException {
    Unit unit = units.get(source);
    if (unit != null) {
      for (String name : unit.classes()) {
        Files.deleteIfExists(classes.resolve(name + ".class"));
      }
    }
  }

  void forget(String source) throws IOException {
    deleteClasses(source);
    units.remove(source);
  }

  /** Every source that is there, with the hash of its text. */
  Map<String, String> hashes() throws IOException {
    Map<String, String> hashes = new TreeMap<>();
    for (String source : present()) {
      hashes.put(source, ClassFacts.digest(Files.readAllBytes(sources.resolve(source))));
    }
    return hashes;
  }

  List<String> present() throws IOException {
    return below(sources, ".java");
  }

  /** The sources that were compiled to these classes. */
  Set<String> sourcesOf(Set<String> classNames) {
    Set<String> found = new TreeSet<>();
    units.forEach(
        (source, unit) -> {
          if (unit.classes().stream().anyMatch(classNames::contains)) {
            found.add(source);
          }
        });
    return found;
  }

  /** The sources that have to be compiled again when what others see of these classes changed. */
  Set<String> dependants(Set<String> classNames) throws IOException {
    Set<String> words = new HashSet<>();
    classNames.forEach(name -> words.addAll(Arrays.asList(name.split("[/$]"))));
    words.removeIf(word -> word.isEmpty() || !Character.isUpperCase(word.charAt(0)));
    Set<String> found = new TreeSet<>();
    for (String source : present()) {
      Unit unit = units.get(source);
      boolean uses = unit != null && unit.uses().stream().anyMatch(classNames::contains);
      // A constant is copied into a class, which then no longer mentions where it came from.
      if (uses || mentions(source, words)) {
        found.add(source);
      }
    }
    return found;
  }

  private boolean mentions(String source, Set<String> words) throws IOException {
    String text = Files.readString(sources.resolve(source));
    return Arrays.stream(text.split("\\W+")).anyMatch(words::contains);
  }

  /** These classes and all that extend or implement them. */
  Set<String> withSubclasses(Set<String> classNames) {
    Set<String> all = new TreeSet<>(classNames);
    boolean more = true;
    while (more) {
      more = false;
      for (Unit unit : units.values()) {
        if (unit.supers().stream().anyMatch(all::contains)) {
          more |= all.addAll(unit.classes());
        }
      }
    }
    return all;
  }

  /**
   * Copies what Maven compiled and marks the sources that changed since; false when it compiled
   * nothing, or what has no source any more.
   */
  boolean seed(Path compiled, Map<String, String> hashes) throws IOException {
    units.clear();
    Map<String, List<ClassFacts>> facts = new HashMap<>();
    Map<String, Long> oldest = new HashMap<>();
    List<String> files = below(compiled, ".class");
    for (String file : files) {
      byte[] bytes = Files.readAllBytes(compiled.resolve(file));
      ClassFacts fact = ClassFacts.of(bytes);
      String source = fact.name().replaceFirst("\\$.*", "") + ".java";
      if (!hashes.containsKey(source)) {
        return false;
      }
      Path copy = classes.resolve(file);
      Files.createDirectories(copy.getParent());
      Files.write(copy, bytes);
      facts.computeIfAbsent(source, s -> new ArrayList<>()).add(fact);
      oldest.merge(source, modified(compiled.resolve(file)), Math::min);
    }
    for (Map.Entry<String, List<ClassFacts>> entry : facts.entrySet()) {
      String source = entry.getKey();
      boolean current = oldest.get(source) >= changed(sources.resolve(source));
      put(source, Unit.of(current ? hashes.get(source) : "", entry.getValue()));
    }
    return !facts.isEmpty();
  }

  /** When a file came to be as it is: moving another in its place counts too. */
  private static long changed(Path file) throws IOException {
    long time = modified(file);
    if (file.getFileSystem().supportedFileAttributeViews().contains("unix")) {
      var moved = (FileTime) Files.getAttribute(file, "unix:ctime");
      time = Math.max(time, moved.toMillis());
    }
    return time;
  }

  static long modified(Path file) {
    try {
      return Files.getLastModifiedTime(file).toMillis();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<String> below(Path folder, String end) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths
          .map(path -> folder.relativize(path).toString().replace('\\', '/'))
          .filter(path -> path.endsWith(end))
          .sorted()
          .toList();
    }
  }
}
