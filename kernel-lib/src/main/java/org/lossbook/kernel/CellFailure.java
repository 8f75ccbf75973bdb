package org.lossbook.kernel;

import java.util.List;

/** The failure of a cell, as its reader sees it. */
final class CellFailure extends Exception {
  private static final long serialVersionUID = 1;

  private final String name;
  private final transient List<String> lines;

  /**
   * @param name the simple class name of the exception
   * @param text its message
   * @param lines the whole report, line by line, with ANSI colours
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
