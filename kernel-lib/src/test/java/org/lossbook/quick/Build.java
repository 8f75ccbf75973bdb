package org.lossbook.quick;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles the sources that changed, and those that a change of their API concerns. */
final class Build {
  /** From so many sources on, all are compiled: that is hardly slower, and simpler. */
  private static final int MANY = 300;

  private final Units units;
  private final List<Units> above;
  private final String classPath;
  private final String release;
  private int compiled;

  /** Compiles against the units' own classes and that class path; those above use the units. */
  Build(Units units, List<Units> above, String classPath, String release) {
    this.units = units;
    this.above = above;
    this.classPath = classPath;
    this.release = release;
  }

  /** How many sources were compiled. */
  int compiled() {
    return compiled;
  }

  /**
   * Compiles what is stale, and marks as stale what lies above and uses what others see changed.
   *
   * @throws Failed when javac refuses a source; the next call compiles it again
   */
  void run(Map<String, String> hashes) throws IOException {
    Set<String> changed = new TreeSet<>();
    Set<String> stale = new TreeSet<>();
    for (String source : List.copyOf(units.all().keySet())) {
      if (!hashes.containsKey(source)) {
        changed.addAll(units.get(source).classes());
        units.forget(source);
      }
    }
    for (Map.Entry<String, String> entry : hashes.entrySet()) {
      Unit unit = units.get(entry.getKey());
      if (unit == null) {
        changed.add(entry.getKey().replace(".java", ""));
      }
      if (unit == null || !unit.hash().equals(entry.getValue())) {
        stale.add(entry.getKey());
      }
    }
    stale.addAll(marked(changed));
    while (!stale.isEmpty()) {
      if (stale.size() >= MANY) {
        stale.addAll(hashes.keySet());
      }
      Set<String> next = marked(compile(stale, hashes));
      next.removeAll(stale);
      for (String source : next) {
        units.put(source, units.get(source).stale());
      }
      units.save();
      stale = next;
    }
  }

  /** The sources that use these classes; what lies above and uses them is marked, for good. */
  private Set<String> marked(Set<String> changed) throws IOException {
    if (changed.isEmpty()) {
      return new TreeSet<>();
    }
    Set<String> all = units.withSubclasses(changed);
    for (Units others : above) {
      for (String source : others.dependants(others.withSubclasses(all))) {
        if (others.get(source) != null) {
          others.put(source, others.get(source).stale());
        }
      }
      others.save();
    }
    return units.dependants(all);
  }

  /** The classes of these sources whose API is no longer what it was. */
  private Set<String> compile(Set<String> stale, Map<String, String> hashes) throws IOException {
    Map<String, Unit> before = new HashMap<>();
    for (String source : stale) {
      Unit unit = units.get(source);
      units.deleteClasses(source);
      if (unit != null) {
        before.put(source, unit);
        units.put(source, unit.stale());
      }
    }
    // Whatever ends this process, the next one begins with these.
    units.save();
    Map<String, List<ClassFacts>> made = javac(stale);
    Set<String> different = new TreeSet<>();
    for (String source : stale) {
      Unit unit = Unit.of(hashes.get(source), made.getOrDefault(source, List.of()));
      Unit old = before.get(source);
      if (old == null || !old.api().equals(unit.api())) {
        different.addAll(unit.classes());
        if (old != null) {
          different.addAll(old.classes());
        }
      }
      units.put(source, unit);
    }
    compiled += stale.size();
    return different;
  }

  private Map<String, List<ClassFacts>> javac(Set<String> sources) throws IOException {
    Files.createDirectories(units.classes);
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    List<String> options =
        List.of(
            "-proc:none",
            "-parameters",
            "-g",
            "-implicit:none",
            "-Xlint:all,-processing,-serial,-classfile,-options,-path",
            "--release",
            release,
            "-d",
            units.classes.toString(),
            "-classpath",
            units.classes + java.io.File.pathSeparator + classPath);
    try (StandardJavaFileManager files = javac.getStandardFileManager(null, null, null)) {
      List<Path> paths = sources.stream().map(units.sources::resolve).toList();
      Outputs outputs = new Outputs(files, units.sources.toAbsolutePath());
      boolean good =
          javac
              .getTask(said, outputs, null, options, null, files.getJavaFileObjectsFromPaths(paths))
              .call();
      String text = said.toString();
      System.out.print(text);
      if (!good) {
        throw new Failed();
      }
      return outputs.facts(units.classes);
    }
  }

  /** Deletes all classes, so that the next run compiles everything. */
  void clear() throws IOException {
    units.all().clear();
    if (Files.isDirectory(units.classes)) {
      try (Stream<Path> paths = Files.walk(units.classes)) {
        for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }

  /** javac has said why. */
  static final class Failed extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /** Remembers which source each class comes from. */
  private static final class Outputs extends ForwardingJavaFileManager<JavaFileManager> {
    private final Path root;
    private final Map<String, String> sources = new HashMap<>();

    Outputs(StandardJavaFileManager files, Path root) {
      super(files);
      this.root = root;
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String name, JavaFileObject.Kind kind, FileObject source)
        throws IOException {
      String path = root.relativize(Path.of(source.toUri())).toString().replace('\\', '/');
      sources.put(name.replace('.', '/'), path);
      return super.getJavaFileForOutput(location, name, kind, source);
    }

    Map<String, List<ClassFacts>> facts(Path classes) throws IOException {
      Map<String, List<ClassFacts>> facts = new HashMap<>();
      for (Map.Entry<String, String> entry : sources.entrySet()) {
        byte[] bytes = Files.readAllBytes(classes.resolve(entry.getKey() + ".class"));
        facts
            .computeIfAbsent(entry.getValue(), source -> new ArrayList<>())
            .add(ClassFacts.of(bytes));
      }
      return facts;
    }
  }
}
