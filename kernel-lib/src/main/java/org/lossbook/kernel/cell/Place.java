package org.lossbook.kernel.cell;

/**
 * The place of a snippet.
 *
 * @param cell the cell's number
 * @param code its text as it is compiled
 * @param shown its text as it was written, with the same lines
 * @param offset where the snippet begins in {@code code}
 */
record Place(int cell, String code, String shown, int offset) {
  /** The line of the cell, from 1, that holds the snippet's character {@code at}. */
  int lineAt(int at) {
    int end = Math.min(code.length(), offset + at);
    return 1 + (int) code.substring(0, end).chars().filter(c -> c == '\n').count();
  }

  /** The line of the cell that is the snippet's line {@code line}, both from 1. */
  int line(int line) {
    return lineAt(0) + line - 1;
  }

  /** The text of the cell's line {@code line}, without its indentation. */
  String text(int line) {
    return written(line).strip();
  }

  /** The text of the cell's line {@code line}. */
  String written(int line) {
    return shown.lines().skip(line - 1L).findFirst().orElse("");
  }
}
