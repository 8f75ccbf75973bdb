package org.lossbook.notebook.jjava;

import java.util.Optional;
import org.lossbook.Internal;
import org.lossbook.notebook.Renderable;
import org.lossbook.notebook.Screen;
import org.lossbook.notebook.ScreenProvider;
import org.lossbook.notebook.rendering.LiveScreen;
import org.lossbook.notebook.rendering.Renderers;
import org.lossbook.notebook.rendering.Sender;

/**
 * Detects JJava from inside one of its cells.
 *
 * @hidden
 */
@Internal
public final class JJavaScreen implements ScreenProvider {
  /** Called by the service loader. */
  public JJavaScreen() {}

  @Override
  public Optional<Screen> find() {
    return JJavaKernel.find().map(OfKernel::new);
  }

  private static final class OfKernel extends LiveScreen {
    private final JJavaKernel kernel;
    private final Sender sender = new Sender();

    OfKernel(JJavaKernel kernel) {
      this.kernel = kernel;
      Renderers.register(kernel);
    }

    @Override
    protected void show(String id, Renderable value) {
      Object data = kernel.data(id, value);
      sender.send(() -> kernel.display(data));
    }

    @Override
    protected void update(String id, Renderable value) {
      Object data = kernel.data(id, value);
      sender.send(() -> kernel.updateDisplay(data));
    }
  }
}
