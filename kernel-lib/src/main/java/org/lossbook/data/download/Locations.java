package org.lossbook.data.download;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;
import org.lossbook.Internal;

/**
 * The locations where files are looked for, and how downloads behave.
 *
 * @param data the user's data folder, if there is one
 * @param cache the folder for downloads
 * @param out the stream for the progress line
 * @hidden
 */
@Internal
public record Locations(
    Optional<Path> data, Path cache, Download.Timeouts timeouts, PrintStream out) {
  /** {@code $LOSSBOOK_DATA}, and {@code $LOSSBOOK_CACHE} or {@code ~/.cache/lossbook}. */
  public static Locations standard() {
    var cache = Path.of(System.getProperty("user.home"), ".cache", "lossbook");
    return new Locations(
        folder("LOSSBOOK_DATA"),
        folder("LOSSBOOK_CACHE").orElse(cache),
        Download.Timeouts.USUAL,
        System.out);
  }

  private static Optional<Path> folder(String variable) {
    return Optional.ofNullable(System.getenv(variable))
        .filter(value -> !value.isBlank())
        .map(Path::of);
  }
}
