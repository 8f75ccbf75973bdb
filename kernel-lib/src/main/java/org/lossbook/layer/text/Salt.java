package org.lossbook.layer.text;

import java.util.List;
import org.lossbook.config.Settings;

/** A key of two numbers for a hash function, as a file has it. */
final class Salt {
  private Salt() {}

  static long[] from(Settings settings) {
    Object value = settings.value("salt").orElseThrow();
    List<?> given = value instanceof List<?> list ? list : List.of(value, value);
    return given.size() == 2 && given.stream().allMatch(Salt::isWhole)
        ? given.stream().mapToLong(each -> ((Number) each).longValue()).toArray()
        : settings.wrong("salt", "one or two whole numbers", value);
  }

  private static boolean isWhole(Object value) {
    return value instanceof Number number && number.doubleValue() == number.longValue();
  }
}
