package org.lossbook.config;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.lossbook.Internal;

/**
 * Formats values of files for messages: short and without control characters.
 *
 * @hidden
 */
@Internal
public final class Shown {
  private static final int MOST = 60;
  private static final int LONGEST_LINE = 400;

  private Shown() {}

  /** Any value of a {@link Config} or an argument. */
  public static String of(Object value) {
    var out = new StringBuilder();
    write(value, out);
    return text(out.toString());
  }

  /**
   * Writes a value until the text is longer than a message shows, as a list in a file may be huge.
   */
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

  /** The beginning of a string, a few words. */
  public static String text(String text) {
    return first(text, MOST);
  }

  /** The beginning of a sentence. */
  public static String line(String text) {
    return first(text, LONGEST_LINE);
  }

  private static String first(String text, int most) {
    String one = text.length() > most ? text.substring(0, most) + "…" : text;
    return one.replaceAll("\\p{Cntrl}", "?");
  }
}
