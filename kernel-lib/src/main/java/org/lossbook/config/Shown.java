package org.lossbook.config;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.lossbook.Internal;

/**
 * What a file says, for a message: never long, and no control characters.
 *
 * @hidden
 */
@Internal
public final class Shown {
  private static final int MOST = 60;
  private static final int LONGEST_LINE = 400;

  private Shown() {}

  /** Any value of a {@link Config} or of a reader's. */
  public static String of(Object value) {
    var out = new StringBuilder();
    write(value, out);
    return text(out.toString());
  }

  /** Writes a value until there is more than a message shows: a file's list may be endless. */
  private static void write(Object value, StringBuilder out) {
    if (out.length() > MOST) {
      return;
    }
    if (value == null || value.getClass().isArray()) {
      out.append(value == null ? "null" : "a " + value.getClass().getSimpleName());
    } else if (value instanceof Optional<?>) {
      out.append("None");
    } else if (value instanceof Config config) {
      out.append(text(config.className())).append("(…)");
    } else if (value instanceof String text) {
      out.append('"').append(text(text)).append('"');
    } else if (value instanceof Collection<?> list) {
      all(list, "[", "]", out, each -> write(each, out));
    } else if (value instanceof Map<?, ?> map) {
      all(
          map.entrySet(),
          "{",
          "}",
          out,
          entry -> {
            out.append(text(String.valueOf(entry.getKey()))).append('=');
            write(entry.getValue(), out);
          });
    } else {
      out.append(text(value.toString()));
    }
  }

  private static <T> void all(
      Collection<T> values, String open, String close, StringBuilder out, Consumer<T> each) {
    out.append(open);
    String between = "";
    for (T value : values) {
      if (out.length() > MOST) {
        return;
      }
      out.append(between);
      each.accept(value);
      between = ", ";
    }
    out.append(close);
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
