package org.lossbook.notebook.ijava;

import io.github.spencerpark.jupyter.kernel.BaseKernel;
import java.util.Optional;
import org.lossbook.Internal;
import org.lossbook.notebook.Screen;
import org.lossbook.notebook.ScreenProvider;
import org.lossbook.notebook.rendering.Sender;

/**
 * Detects IJava from inside one of its cells.
 *
 * @hidden
 */
@Internal
public final class IJavaScreen implements ScreenProvider {
  private static final String IJAVA = "io.github.spencerpark.ijava.runtime.Kernel";

  /** Called by the service loader. */
  public IJavaScreen() {}

  @Override
  public Optional<Screen> find() {
    return kernel().map(IJavaScreen::screen);
  }

  /** The IJava kernel of this process, if it is one. */
  private static Optional<BaseKernel> kernel() {
    try {
      // By name, because IJava is not a dependency, and outside it the class does not exist.
      Object found = Class.forName(IJAVA).getMethod("getKernelInstance").invoke(null);
      return found instanceof BaseKernel kernel ? Optional.of(kernel) : Optional.empty();
    } catch (ReflectiveOperationException e) {
      return Optional.empty();
    }
  }

  private static Screen screen(BaseKernel kernel) {
    var sender = new Sender();
    return new KernelScreen(
        kernel.getRenderer(),
        data -> sender.send(() -> kernel.display(data)),
        data -> sender.send(() -> kernel.getIO().display.updateDisplay(data)));
  }
}
