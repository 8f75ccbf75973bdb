package org.lossbook.notebook.ijava;

import com.sun.source.util.JavacTask;
import com.sun.source.util.Plugin;
import org.lossbook.Internal;

/**
 * Registers the library's renderers with IJava as soon as the jar is on the class path. IJava has
 * no extension point for that; but JShell, which compiles its cells, is the Java compiler, which
 * starts plugins that it finds on the class path. Only the single merged jar declares this plugin.
 * Without it, IJava gets the renderers at the first call of the library.
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
      IJavaScreen.kernel().ifPresent(kernel -> Renderers.register(kernel.getRenderer()));
    }
  }
}
