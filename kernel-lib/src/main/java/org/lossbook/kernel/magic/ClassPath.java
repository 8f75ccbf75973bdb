package org.lossbook.kernel.magic;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.lossbook.kernel.cell.CellRunner;
import org.lossbook.notebook.ValueRenderer;

/** The libraries that magics add to the cells' class path. */
final class ClassPath {
  private final Supplier<CellRunner> runner;
  private final Map<Path, LibrarySources> added = new LinkedHashMap<>();
  private final Set<String> known = new HashSet<>();

  ClassPath(Supplier<CellRunner> runner) {
    this.runner = runner;
  }

  /** Adds a jar or a directory, and the renderers that it brings. */
  void add(Path entry) {
    add(entry, Optional::empty);
  }

  /**
   * Adds a jar or a directory.
   *
   * @param sources fetches its source jar, if there is one
   */
  void add(Path entry, Callable<Optional<Path>> sources) {
    added.putIfAbsent(entry, new LibrarySources(entry, sources));
    runner.get().shell().addToClasspath(entry.toString());
    // Magics run on the thread of cells, whose loader finds what they find.
    ClassLoader cells = Thread.currentThread().getContextClassLoader();
    @SuppressWarnings("rawtypes")
    Iterator<ValueRenderer> all = ServiceLoader.load(ValueRenderer.class, cells).iterator();
    while (true) {
      try {
        if (!all.hasNext()) {
          return;
        }
        ValueRenderer<?> each = all.next();
        if (known.add(each.getClass().getName())) {
          ValueRenderer.register(each);
        }
      } catch (ServiceConfigurationError | RuntimeException e) {
        if (known.add(String.valueOf(e.getMessage()))) {
          System.err.println("A renderer of " + entry + " cannot be used: " + e.getMessage());
        }
      }
    }
  }

  /** Adds all entries to a runner that has begun anew. */
  void addAgain() {
    added.keySet().forEach(each -> runner.get().shell().addToClasspath(each.toString()));
  }

  /** The source jars of the libraries that have a type with the simple name {@code type}. */
  List<Path> sources(String type) {
    return added.values().stream()
        .filter(each -> each.has(type))
        .flatMap(each -> each.jar().stream())
        .toList();
  }
}
