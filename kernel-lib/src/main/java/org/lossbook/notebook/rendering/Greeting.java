package org.lossbook.notebook.rendering;

import com.sun.source.util.JavacTask;
import com.sun.source.util.Plugin;
import org.lossbook.Internal;
import org.lossbook.notebook.Screen;

/**
 * Registers the library's renderers with IJava or JJava as soon as the jar is on the class path.
 * IJava has no extension point for that; but JShell, which compiles the cells, is the Java
 * compiler, which starts plugins that it finds on the class path. Only the single merged jar
 * declares this plugin. Without it, a kernel gets the renderers at the first call of the library.
 *
 * @hidden
 */
@Internal
public final class Greeting implements Plugin {
  private static boolean done;

  /** Called by the compiler. */
  public Greeting() {}

  @Override
  public String getName() {
    return "Lossbook";
  }

  @Override
  public boolean autoStart() {
    return true;
  }

  @Override
  public void init(JavacTask task, String... args) {
    if (!done) {
      done = true;
      Screen.current();
    }
  }
}
