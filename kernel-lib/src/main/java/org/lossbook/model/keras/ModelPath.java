package org.lossbook.model.keras;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.lossbook.Internal;
import org.lossbook.base.Messages;

/**
 * Checked paths of model files.
 *
 * @hidden
 */
@Internal
public final class ModelPath {
  public static final String MODEL_ENDING = ".keras";
  public static final String WEIGHTS_ENDING = ".weights.h5";

  private ModelPath() {}

  /** The file to write, after checking that the name has one of the endings. */
  public static Path toWrite(String call, String name, String... endings) {
    if (name == null || Stream.of(endings).noneMatch(name::endsWith)) {
      throw Messages.wrong(
          "%s expects a file name that ends in %s but receives %s: Keras recognizes its files by that.",
          call, String.join(" or ", endings), name == null ? "none" : "\"" + name + "\"");
    }
    return path(call, name);
  }

  /** The file to read; its format is detected from its content, not its name. */
  public static Path toRead(String call, String name, String... endings) {
    if (name == null || name.isBlank()) {
      throw Messages.wrong(
          "%s expects the name of a file but receives %s: try %s(\"model.keras\").",
          call, name == null ? "none" : "an empty text", call);
    }
    Path file = path(call, name);
    return Files.exists(file) || endings.length == 0 ? file : toWrite(call, name, endings);
  }

  private static Path path(String call, String name) {
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(
          Messages.of("%s expects the name of a file but receives \"%s\".", call, name), e);
    }
  }
}
