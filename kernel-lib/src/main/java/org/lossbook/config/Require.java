package org.lossbook.config;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.lossbook.Internal;

/**
 * Argument checks: rejects null, such as the variable of a cell that failed, and lists with
 * elements of the wrong type.
 *
 * @hidden
 */
@Internal
public final class Require {
  private Require() {}

  /**
   * The value itself.
   *
   * @param who what was called: {@code sequential}
   * @param expects what it expects: {@code layers}
   * @param fix what to do about it
   * @throws IllegalArgumentException if it is null
   */
  public static <T> T given(T value, String who, String expects, String fix) {
    if (value == null) {
      throw wrong(who, expects, "null", fix);
    }
    return value;
  }

  /** The value itself, such as a title or a label, where any but null will do. */
  public static <T> T given(T value, String who, String expects) {
    return given(value, who, expects, "give it one");
  }

  /** The values of an array, none of which may be null. */
  public static <T> T[] each(T[] values, String who, String expects, String fix) {
    given(values, who, expects, fix);
    if (Arrays.stream(values).anyMatch(each -> each == null)) {
      throw wrong(who, expects, "null", fix);
    }
    return values;
  }

  /** An array as a list, or null. */
  public static <T> List<T> list(T[] values) {
    return values == null ? null : Arrays.asList(values);
  }

  /** A copy of a list whose values must all be of that type. */
  public static <T> List<T> all(
      Collection<?> values, Class<T> kind, String who, String expects, String fix) {
    given(values, who, expects, fix);
    for (Object each : values) {
      if (!kind.isInstance(each)) {
        throw wrong(
            who, expects, each == null ? "null" : kind(each) + " among " + values.size(), fix);
      }
    }
    return values.stream().<T>map(kind::cast).toList();
  }

  /** The type of a value, for messages: {@code a String}, {@code null}. */
  public static String kind(Object value) {
    return value == null
        ? "null"
        : value instanceof List<?> // its own class, such as ListN, means nothing to users
            ? "a List"
            : "a " + value.getClass().getSimpleName();
  }

  private static IllegalArgumentException wrong(
      String who, String expects, String receives, String fix) {
    return new IllegalArgumentException(
        Shown.line(who) + " expects " + expects + " but receives " + receives + ": " + fix + ".");
  }
}
