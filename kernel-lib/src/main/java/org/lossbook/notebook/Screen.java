package org.lossbook.notebook;

/**
 * Where a running cell shows things: a notebook, or a terminal where no kernel runs.
 *
 * <p>{@link #current()} is what a {@link ScreenProvider} finds, else the terminal, until {@link
 * #use} says otherwise.
 */
public interface Screen {
  /** Opens a display that shows {@code first} and can be changed while the cell runs. */
  LiveView show(Renderable first);

  /** One open display. */
  interface LiveView {
    /** Replaces what the display shows. */
    void update(Renderable next);

    /** The last picture stays; nothing is shown after this. */
    void close();
  }

  /** The screen of this process. */
  static Screen current() {
    return ScreenHolder.current;
  }

  /** Sends what is shown to {@code screen} from now on. */
  static void use(Screen screen) {
    ScreenHolder.current = java.util.Objects.requireNonNull(screen);
  }
}
