package org.lossbook.data.table;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.lossbook.base.Messages;
import tech.tablesaw.columns.Column;

/** The categories of a column, in order. */
final class Categories {
  private static final int SHOWN = 12;

  private Categories() {}

  /**
   * The count of each category in these rows; numbers in ascending, texts in alphabetical order.
   */
  static Map<String, Integer> counted(Column<?> column, int[] rows) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    IntStream.of(rows)
        .filter(row -> !column.isMissing(row))
        .forEach(row -> counts.merge(Cells.category(column, row), 1, Integer::sum));
    Comparator<String> order =
        Cells.isNumber(column)
            ? Comparator.comparingDouble(Double::parseDouble)
            : Comparator.naturalOrder();
    Map<String, Integer> sorted = new TreeMap<>(order);
    sorted.putAll(counts);
    return sorted;
  }

  /** A list of names, such as {@code blue, green, red}; only the first if there are many. */
  static String listed(List<String> names) {
    return names.stream().limit(SHOWN).collect(Collectors.joining(", "))
        + (names.size() > SHOWN ? Messages.of(", … (%d in all)", names.size()) : "");
  }
}
