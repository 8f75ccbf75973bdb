package org.lossbook.notebook.ijava;

import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.kernel.display.Renderer;
import java.util.function.Consumer;
import org.lossbook.Internal;
import org.lossbook.notebook.Renderable;
import org.lossbook.notebook.rendering.LiveScreen;
import org.lossbook.notebook.rendering.Renderers;

/**
 * A notebook's screen, on a kernel built on IJava's base.
 *
 * @hidden
 */
@Internal
public final class KernelScreen extends LiveScreen {
  private final Renderer renderer;
  private final Consumer<DisplayData> show;
  private final Consumer<DisplayData> update;

  /**
   * @param renderer the kernel's renderer, in which the library's types are registered
   * @param show opens the display with the data's id
   * @param update replaces its content
   */
  public KernelScreen(Renderer renderer, Consumer<DisplayData> show, Consumer<DisplayData> update) {
    this.renderer = renderer;
    this.show = show;
    this.update = update;
    Renderers.register(new BaseRenderer(renderer));
  }

  @Override
  protected void show(String id, Renderable value) {
    show.accept(data(id, value));
  }

  @Override
  protected void update(String id, Renderable value) {
    update.accept(data(id, value));
  }

  private DisplayData data(String id, Renderable value) {
    DisplayData data = renderer.render(value);
    data.setDisplayId(id);
    return data;
  }
}
