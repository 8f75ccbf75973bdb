package org.lossbook.data.table;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.lossbook.data.table.NumberSyntax.CellKind;

/** Detects whether the first line contains column names or is a row of numbers. */
final class HeaderDetection {
  private static final Set<CellKind> MEASURED =
      EnumSet.of(CellKind.DECIMAL, CellKind.PERCENT, CellKind.WRONG_MARK);
  private static final Set<CellKind> NUMBERS = EnumSet.range(CellKind.WHOLE, CellKind.WRONG_MARK);

  private HeaderDetection() {}

  /**
   * The number that shows that a line has no names: one with decimals or a sign, or the first one
   * if all are integers, unless they are consecutive, such as 0, 1, 2 or years.
   */
  static Optional<String> row(List<String> names, NumberSyntax style) {
    List<CellKind> kinds = names.stream().map(style::kind).toList();
    for (int c = 0; c < kinds.size(); c++) {
      boolean signed = NUMBERS.contains(kinds.get(c)) && !Character.isDigit(names.get(c).charAt(0));
      if (signed || MEASURED.contains(kinds.get(c))) {
        return Optional.of(names.get(c));
      }
    }
    return NUMBERS.containsAll(kinds) && !countOn(names, style)
        ? Optional.of(names.get(0))
        : Optional.empty();
  }

  private static boolean countOn(List<String> names, NumberSyntax style) {
    double[] numbers = names.stream().mapToDouble(style::value).toArray();
    return numbers.length == 1
        ? numbers[0] == 0
        : IntStream.range(1, numbers.length).allMatch(i -> numbers[i] == numbers[i - 1] + 1);
  }
}
