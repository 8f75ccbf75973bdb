package org.lossbook.data;

import java.nio.file.FileSystems;
import java.nio.file.Path;

/** Files by Java's own {@link Path}, wherever a file is named by a text. */
public final class FilePath {
  private FilePath() {}

  /**
   * The path as a text; null stays null, which the call that takes the text refuses.
   *
   * @param who asks, for messages
   * @throws IllegalArgumentException where it leads into an archive or another file system
   */
  public static String text(String who, Path path) {
    if (path == null) {
      return null;
    }
    if (path.getFileSystem() != FileSystems.getDefault()) {
      throw new IllegalArgumentException(
          "%s expects a path on this computer's disk but receives %s: copy the file there first."
              .formatted(who, path.toUri()));
    }
    return path.toString();
  }
}
