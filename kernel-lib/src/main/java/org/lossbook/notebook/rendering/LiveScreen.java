package org.lossbook.notebook.rendering;

import java.util.UUID;
import org.lossbook.Internal;
import org.lossbook.notebook.Renderable;
import org.lossbook.notebook.Screen;

/**
 * A notebook's screen: each display has an id, by which its content is replaced.
 *
 * @hidden
 */
@Internal
public abstract class LiveScreen implements Screen {
  /** Opens the display {@code id}. */
  protected abstract void show(String id, Renderable value);

  /** Replaces the content of the display {@code id}. */
  protected abstract void update(String id, Renderable value);

  @Override
  public final LiveView show(Renderable first) {
    String id = UUID.randomUUID().toString();
    show(id, first);
    return new Display(id);
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
        LiveScreen.this.update(id, next);
      }
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
