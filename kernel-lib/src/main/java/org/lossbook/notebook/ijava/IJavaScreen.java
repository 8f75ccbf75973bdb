package org.lossbook.notebook.ijava;

import io.github.spencerpark.jupyter.kernel.BaseKernel;
import java.util.Optional;
import org.lossbook.Internal;
import org.lossbook.notebook.Screen;
import org.lossbook.notebook.ScreenProvider;

/**
 * Finds IJava from inside of a cell of its.
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

  /** The IJava that this process is. */
  static Optional<BaseKernel> kernel() {
    try {
      // By name: IJava is no dependency, and outside of it there is no such class.
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
