package org.lossbook.kernel;

import java.util.List;

/** A cell that did not end well, in the words that its reader sees. */
final class CellFailure extends Exception {
  private static final long serialVersionUID = 1;

  private final String name;
  private final transient List<String> lines;

  /**
   * @param name the simple name of what was thrown
   * @param text its message
   * @param lines the whole report, a line each, with ANSI colours
   */
  CellFailure(String name, String text, List<String> lines, Throwable cause) {
    super(text, cause, false, false);
    this.name = name;
    this.lines = List.copyOf(lines);
  }

  String name() {
    return name;
  }

  String text() {
    return getMessage();
  }

  List<String> lines() {
    return lines;
  }
}
