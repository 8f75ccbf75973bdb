package org.lossbook.data;

import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.lossbook.Internal;
import org.lossbook.base.Messages;
import org.lossbook.config.Shown;

/**
 * File paths: checks the text that names a file, and converts a {@link Path} to text.
 *
 * @hidden
 */
@Internal
public final class FilePath {
  private FilePath() {}

  /**
   * The path as text; null stays null, and the method that takes the text refuses it.
   *
   * @param who asks, for messages
   * @throws IllegalArgumentException if it points into an archive or another file system
   */
  public static String text(String who, Path path) {
    if (path == null) {
      return null;
    }
    if (path.getFileSystem() != FileSystems.getDefault()) {
      throw Messages.wrong(
          "%s expects a path on this computer's disk but receives %s: copy the file there first.",
          who, path.toUri());
    }
    return path.toString();
  }

  /**
   * The existing file with this path, absolute or relative to the working directory.
   *
   * @param who asks, for messages
   * @param what the kind of file expected
   * @param example an example call
   * @throws DataException if there is no such file
   */
  public static Path existing(String who, String what, String example, String given) {
    if (given == null || given.isBlank()) {
      throw new DataException(
          Messages.of(
              "%s expects the path of a %s but receives %s: %s reads one beside the notebook.",
              who, what, given == null ? "null" : "an empty text", example));
    }
    Path file;
    try {
      file = Path.of(given);
    } catch (InvalidPathException e) {
      throw new DataException(
          Messages.of(
              "%s expects the path of a file but receives %s: %s.",
              who, Shown.text(given), e.getReason()),
          e);
    }
    if (Files.isRegularFile(file)) {
      return file;
    }
    throw new DataException(
        Messages.of(
            "%s expects a file but finds %s at %s: the working directory is %s, so give a path relative to it or an absolute one.",
            who,
            Files.isDirectory(file) ? "a folder" : "nothing",
            given,
            Path.of("").toAbsolutePath()));
  }
}
