package org.lossbook.model.keras;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.lossbook.base.Messages;
import org.lossbook.notebook.Renderable;

/**
 * A file that was written.
 *
 * @param path where it is
 * @param bytes how large it is
 * @param leftOut what could not be saved, and what to do about it
 */
public record SavedFile(Path path, long bytes, Optional<String> leftOut) implements Renderable {
  @Override
  public Map<String, String> mimeBundle() {
    return Map.of("text/plain", toString());
  }

  /** {@code digits.keras, 376,832 bytes}, and what was left out. */
  @Override
  public String toString() {
    return Messages.of("%s, %,d bytes", path, bytes) + leftOut.map(what -> "; " + what).orElse("");
  }
}
