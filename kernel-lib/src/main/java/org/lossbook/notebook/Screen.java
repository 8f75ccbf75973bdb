package org.lossbook.notebook;

/**
 * The display of a running cell: a notebook, or a terminal if no kernel runs.
 *
 * <p>{@link #current()} is the screen that a {@link ScreenProvider} finds, else the terminal,
 * unless {@link #use} sets another.
 */
public interface Screen {
  /** Opens a display that shows {@code first} and can be changed while the cell runs. */
  LiveView show(Renderable first);

  /** One open display. */
  interface LiveView {
    /** Replaces what the display shows. */
    void update(Renderable next);

    /** Closes the display; its last content stays. */
    void close();
  }

  /** The screen of this process. */
  static Screen current() {
    return ScreenHolder.current;
  }

  /** Uses {@code screen} from now on. */
  static void use(Screen screen) {
    ScreenHolder.current = java.util.Objects.requireNonNull(screen);
  }
}
