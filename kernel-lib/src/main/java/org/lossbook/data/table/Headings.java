package org.lossbook.data.table;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.lossbook.data.table.NumberStyle.Look;

/** Whether a first line names columns, or is a row of numbers already. */
final class Headings {
  private static final Set<Look> MEASURED = EnumSet.of(Look.DECIMAL, Look.PERCENT, Look.MISTAKEN);
  private static final Set<Look> NUMBERS = EnumSet.range(Look.WHOLE, Look.MISTAKEN);

  private Headings() {}

  /**
   * The number that is no name: one with decimals or a sign; of whole ones alone the first, unless
   * they count on, such as 0, 1, 2 or years.
   */
  static Optional<String> row(List<String> names, NumberStyle style) {
    List<Look> looks = names.stream().map(style::look).toList();
    for (int c = 0; c < looks.size(); c++) {
      boolean signed = NUMBERS.contains(looks.get(c)) && !Character.isDigit(names.get(c).charAt(0));
      if (signed || MEASURED.contains(looks.get(c))) {
        return Optional.of(names.get(c));
      }
    }
    return NUMBERS.containsAll(looks) && !countOn(names, style)
        ? Optional.of(names.get(0))
        : Optional.empty();
  }

  private static boolean countOn(List<String> names, NumberStyle style) {
    double[] numbers = names.stream().mapToDouble(style::value).toArray();
    return numbers.length == 1
        ? numbers[0] == 0
        : IntStream.range(1, numbers.length).allMatch(i -> numbers[i] == numbers[i - 1] + 1);
  }
}
