package org.lossbook.kernel.magic;

import io.github.spencerpark.jupyter.kernel.util.GlobFinder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.lossbook.Internal;

/**
 * The magics {@code %jars} and {@code %classpath}, for files on this machine.
 *
 * @hidden
 */
@Internal
public final class ClasspathMagics {
  private final Environment environment;
  private final Consumer<Path> classpath;

  ClasspathMagics(Environment environment, Consumer<Path> classpath) {
    this.environment = environment;
    this.classpath = classpath;
  }

  List<Magic> magics() {
    return List.of(
        Magic.line(
            "jars",
            "lib/*.jar …",
            "adds jars; a directory stands for the files in it",
            call -> add(call, true)),
        Magic.line(
            "classpath",
            "build/classes …",
            "adds directories of classes, and jars",
            call -> add(call, false)));
  }

  /** {@code path} quoted as one argument of a magic, on every system. */
  public static String quoted(Path path) {
    String word = path.toString().replace('\\', '/');
    return word.contains(" ") ? '"' + word + '"' : word;
  }

  private List<String> add(MagicCall call, boolean filesOnly) {
    String who = call.magic();
    List<String> globs = call.someWords("paths, such as lib/*.jar");
    var added = new ArrayList<String>();
    for (String glob : globs) {
      int before = added.size();
      try {
        var finder = new GlobFinder(environment.glob(glob));
        for (Path path :
            filesOnly ? finder.computeMatchingFiles() : finder.computeMatchingPaths()) {
          classpath.accept(path.toAbsolutePath());
          added.add(path.toAbsolutePath().toString());
        }
      } catch (IOException e) {
        throw new UncheckedIOException(who + " cannot read " + glob + ": " + e.getMessage(), e);
      }
      if (added.size() == before) {
        throw new IllegalArgumentException(
            who
                + " finds nothing at "
                + glob
                + ": the path is taken from "
                + environment.folder()
                + ".");
      }
    }
    return added;
  }
}
