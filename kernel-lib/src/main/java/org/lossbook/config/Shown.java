package org.lossbook.config;

import java.util.Optional;

/** What a file says, for a message: never long, and no control characters. */
public final class Shown {
  private static final int MOST = 60;
  private static final int LONGEST_LINE = 400;

  private Shown() {}

  /** Any value of a {@link Config} or of a reader's. */
  public static String of(Object value) {
    if (value == null || value.getClass().isArray()) {
      return value == null ? "null" : "a " + value.getClass().getSimpleName();
    }
    if (value instanceof Optional<?>) {
      return "None";
    }
    if (value instanceof Config config) {
      return text(config.className()) + "(…)";
    }
    return value instanceof String text ? "\"" + text(text) + "\"" : text(value.toString());
  }

  /** A text of a file: a word or two of it. */
  public static String text(String text) {
    return first(text, MOST);
  }

  /** A sentence of a file. */
  public static String line(String text) {
    return first(text, LONGEST_LINE);
  }

  private static String first(String text, int most) {
    String one = text.length() > most ? text.substring(0, most) + "…" : text;
    return one.replaceAll("\\p{Cntrl}", "?");
  }
}
