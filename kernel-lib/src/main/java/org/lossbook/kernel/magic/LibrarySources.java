package org.lossbook.kernel.magic;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.zip.ZipFile;

/**
 * The source jar of a library, which is fetched when the reader first asks about one of its types.
 */
final class LibrarySources {
  /** A reader waits so long for a help text; what comes later is there at the next look. */
  private static final long PATIENCE_MILLIS = 4_000;

  private final Path library;
  private final Callable<Optional<Path>> fetch;
  private Set<String> types;
  private FutureTask<Optional<Path>> fetched;

  LibrarySources(Path library, Callable<Optional<Path>> fetch) {
    this.library = library;
    this.fetch = fetch;
  }

  /** Whether it is a jar with a type of this simple name. */
  synchronized boolean has(String type) {
    if (types == null) {
      types = types();
    }
    return types.contains(type);
  }

  private Set<String> types() {
    if (!Files.isRegularFile(library)) {
      return Set.of();
    }
    try (var jar = new ZipFile(library.toFile())) {
      return jar.stream()
          .map(entry -> entry.getName())
          .filter(name -> name.endsWith(".class"))
          .map(name -> name.replaceAll("(?:.*[/$])?(\\w+)\\.class", "$1"))
          .collect(Collectors.toSet());
    } catch (IOException e) {
      return Set.of(); // the class loader has said so
    }
  }

  /** The source jar, if it can be had. */
  Optional<Path> jar() {
    FutureTask<Optional<Path>> task = task();
    try {
      return task.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      return Optional.empty(); // a help text without words is what there is then
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private synchronized FutureTask<Optional<Path>> task() {
    if (fetched == null) {
      fetched =
          new FutureTask<>(
              () -> Optional.of(beside()).filter(Files::isRegularFile).or(() -> fetched()));
      var thread = new Thread(fetched, "sources");
      thread.setDaemon(true);
      thread.start();
    }
    return fetched;
  }

  private Path beside() {
    return library.resolveSibling(
        library.getFileName().toString().replaceFirst("\\.jar$", "") + "-sources.jar");
  }

  private Optional<Path> fetched() {
    try {
      return fetch.call();
    } catch (Exception e) {
      return Optional.empty();
    }
  }
}
