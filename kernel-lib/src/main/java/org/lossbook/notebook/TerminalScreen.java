package org.lossbook.notebook;

import java.io.PrintStream;

/** A terminal's screen: shows a live display as one line of text that is overwritten. */
final class TerminalScreen implements Screen {
  private final PrintStream out;

  TerminalScreen(PrintStream out) {
    this.out = out;
  }

  @Override
  public LiveView show(Renderable first) {
    var view = new Line();
    view.update(first);
    return view;
  }

  private final class Line implements LiveView {
    private int width;

    @Override
    public void update(Renderable next) {
      String text = next.toString();
      String line = text.lines().findFirst().orElse("");
      out.print("\r" + line + " ".repeat(Math.max(0, width - line.length())));
      out.flush();
      width = line.length();
    }

    @Override
    public void close() {
      out.println();
    }
  }
}
