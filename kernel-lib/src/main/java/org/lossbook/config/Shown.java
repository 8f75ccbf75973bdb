package org.lossbook.config;

import java.util.Optional;

/** What a file says, for a message: never long, and no control characters. */
public final class Shown {
  private static final int MOST = 60;

  private Shown() {}

  /** Any value of a {@link Config}. */
  public static String of(Object value) {
    if (value instanceof Optional<?>) {
      return "None";
    }
    if (value instanceof Config config) {
      return text(config.className()) + "(…)";
    }
    return value instanceof String text ? "\"" + text(text) + "\"" : text(value.toString());
  }

  /** A text of a file. */
  public static String text(String text) {
    String one = text.length() > MOST ? text.substring(0, MOST) + "…" : text;
    return one.replaceAll("\\p{Cntrl}", "?");
  }
}
