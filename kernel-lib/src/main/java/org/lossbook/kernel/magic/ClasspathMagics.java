package org.lossbook.kernel.magic;

import io.github.spencerpark.jupyter.kernel.magic.registry.LineMagic;
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
  private final Consumer<Path> classpath;

  public ClasspathMagics(Consumer<Path> classpath) {
    this.classpath = classpath;
  }

  /** {@code %jars lib/*.jar}: adds files; a directory stands for the files in it. */
  @LineMagic
  public List<String> jars(List<String> globs) throws IOException {
    return add("%jars", globs, true);
  }

  /** {@code %classpath build/classes}: adds directories and files. */
  @LineMagic
  public List<String> classpath(List<String> globs) throws IOException {
    return add("%classpath", globs, false);
  }

  /** {@code path} quoted as one argument of a magic, on every system. */
  public static String quoted(Path path) {
    String word = path.toString().replace('\\', '/');
    return word.contains(" ") ? '"' + word + '"' : word;
  }

  private List<String> add(String who, List<String> globs, boolean filesOnly) {
    var added = new ArrayList<String>();
    for (String glob : globs) {
      int before = added.size();
      try {
        var finder = new GlobFinder(glob);
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
                + Path.of("").toAbsolutePath()
                + ".");
      }
    }
    return added;
  }
}
