package org.lossbook.testing;

import java.util.List;
import org.lossbook.notebook.Renderable;
import org.lossbook.notebook.Screen;

/** A screen that notes what is shown. */
public record Notepad(List<String> shown) implements Screen {
  @Override
  public LiveView show(Renderable first) {
    shown.add(first.toString());
    return new LiveView() {
      @Override
      public void update(Renderable next) {
        shown.add(next.toString());
      }

      @Override
      public void close() {
        shown.add("closed");
      }
    };
  }
}
