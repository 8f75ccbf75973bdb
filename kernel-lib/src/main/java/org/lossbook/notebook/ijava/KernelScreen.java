package org.lossbook.notebook.ijava;

import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.kernel.display.Renderer;
import java.util.UUID;
import java.util.function.Consumer;
import org.lossbook.Internal;
import org.lossbook.notebook.Renderable;
import org.lossbook.notebook.Screen;

/**
 * A notebook's screen, on a kernel built on IJava's base.
 *
 * @hidden
 */
@Internal
public final class KernelScreen implements Screen {
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
    Renderers.register(renderer);
  }

  @Override
  public LiveView show(Renderable first) {
    var view = new Display(UUID.randomUUID().toString());
    show.accept(view.data(first));
    return view;
  }

  private final class Display implements LiveView {
    private final String id;
    private boolean closed;

    Display(String id) {
      this.id = id;
    }

    @Override
    public void update(Renderable next) {
      if (!closed) {
        update.accept(data(next));
      }
    }

    @Override
    public void close() {
      closed = true;
    }

    private DisplayData data(Renderable value) {
      DisplayData data = renderer.render(value);
      data.setDisplayId(id);
      return data;
    }
  }
}
