package org.lossbook.notebook.ijava;

import com.sun.source.util.JavacTask;
import com.sun.source.util.Plugin;
import org.lossbook.Internal;

/**
 * Teaches IJava what the library and its neighbours show, as soon as their jar is on the class
 * path. IJava looks for no such thing; but JShell, which compiles its cells, is the Java compiler,
 * and that starts each plugin which it finds on the class path and which asks for it. The one jar
 * alone names this plugin. Without it IJava learns the same from the first call of the library.
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
