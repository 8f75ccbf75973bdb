package org.lossbook.data.table;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.lossbook.base.Messages;
import org.lossbook.data.DataException;

/** Detects the separator of a CSV file from its first lines. */
final class SeparatorDetection {
  private static final char[] USUAL = {',', ';', '\t', '|'};
  private static final int LINES = 50;
  private static final int CHARACTERS = 1 << 16;

  private SeparatorDetection() {}

  /**
   * The separator that occurs equally often in the header and in each following line. If there are
   * two, the user must choose; if there is none, the header decides.
   */
  static char of(CsvText text, String file) throws IOException {
    List<int[]> lines = counts(text);
    if (lines.isEmpty()) {
      return ',';
    }
    List<Character> inNames = new ArrayList<>();
    List<Character> inAll = new ArrayList<>();
    for (int i = 0; i < USUAL.length; i++) {
      int which = i;
      int count = lines.get(0)[i];
      if (count > 0) {
        inNames.add(USUAL[i]);
        if (lines.stream().allMatch(line -> line[which] == count)) {
          inAll.add(USUAL[i]);
        }
      }
    }
    if (inAll.size() > 1 && lines.size() > 1) {
      throw new DataException(
          Messages.of(
              "csv expects one separator but %s has as many of %s and of %s in each line: choose one with csv(…, separator(%s)).",
              file, shown(inAll.get(0)), shown(inAll.get(1)), shown(inAll.get(1))));
    }
    return !inAll.isEmpty() ? inAll.get(0) : !inNames.isEmpty() ? inNames.get(0) : ',';
  }

  private static String shown(char separator) {
    return separator == '\t' ? "'\\t'" : "'" + separator + "'";
  }

  /** The count of each separator in the first lines, outside quotes. */
  private static List<int[]> counts(CsvText text) throws IOException {
    List<int[]> lines = new ArrayList<>();
    int[] line = new int[USUAL.length];
    boolean empty = true;
    boolean quoted = false;
    int c = text.read();
    for (int i = 0; i < CHARACTERS && lines.size() < LINES && c >= 0; i++, c = text.read()) {
      quoted ^= c == '"';
      if (c == '\n' && !quoted) {
        if (!empty) {
          lines.add(line);
        }
        line = new int[USUAL.length];
        empty = true;
      } else {
        empty &= c <= ' ' && c != '\t';
        for (int k = 0; k < USUAL.length && !quoted; k++) {
          line[k] += c == USUAL[k] ? 1 : 0;
        }
      }
    }
    if (lines.isEmpty() && !empty) {
      lines.add(line); // longer than what was read
    }
    return lines;
  }
}
