package org.lossbook.notebook;

/** An interface cannot hold the mutable reference that {@link Screen#current()} answers with. */
final class ScreenHolder {
  static volatile Screen current = new TerminalScreen(System.out);

  private ScreenHolder() {}
}
