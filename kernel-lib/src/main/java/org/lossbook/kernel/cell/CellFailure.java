package org.lossbook.kernel.cell;

import java.util.List;
import org.lossbook.Internal;

/**
 * The failure of a cell, as its reader sees it.
 *
 * @hidden
 */
@Internal
public final class CellFailure extends Exception {
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

  public String name() {
    return name;
  }

  public String text() {
    return getMessage();
  }

  public List<String> lines() {
    return lines;
  }
}
