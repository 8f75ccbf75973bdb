package org.lossbook.notebook.rendering;

import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.lossbook.notebook.TextTable;

/**
 * Formats arrays of numbers as rows and tables, with six digits, and only both ends of long ones.
 */
final class ArrayText {
  private static final int LONGEST = 20;
  private static final int ENDS = 8;
  private static final MathContext SIX_DIGITS = new MathContext(6);

  private ArrayText() {}

  /**
   * A vector or a matrix as HTML and as text: {@code [0.5, -0.25]}, a row a line.
   *
   * @param array an array of a primitive number type, or an array of such arrays
   */
  static Map<String, String> of(Object array) {
    boolean table = array.getClass().getComponentType().isArray();
    var bundle = new LinkedHashMap<String, String>();
    bundle.put("text/plain", table ? tableText(array) : row(array));
    if (table) {
      bundle.put("text/html", tableHtml(array));
    }
    return bundle;
  }

  private static String row(Object array) {
    return cells(array).stream().collect(Collectors.joining(", ", "[", "]"));
  }

  private static List<String> cells(Object row) {
    return ends(Array.getLength(row), i -> number(Array.get(row, i)), "…");
  }

  private static String tableText(Object table) {
    return ends(Array.getLength(table), i -> row(Array.get(table, i)), "…").stream()
        .collect(Collectors.joining(",\n ", "[", "]"));
  }

  private static String tableHtml(Object table) {
    return TextTable.html(
        ends(Array.getLength(table), i -> cells(Array.get(table, i)), List.of("…")));
  }

  /** All items, or those at both ends with dots in between. */
  private static <T> List<T> ends(int length, IntFunction<T> item, T dots) {
    if (length <= LONGEST) {
      return IntStream.range(0, length).mapToObj(item).toList();
    }
    var ends = new ArrayList<T>();
    for (int i = 0; i < ENDS; i++) {
      ends.add(item.apply(i));
    }
    ends.add(dots);
    for (int i = length - ENDS; i < length; i++) {
      ends.add(item.apply(i));
    }
    return ends;
  }

  private static String number(Object value) {
    if (!(value instanceof Double || value instanceof Float)) {
      return String.valueOf(value);
    }
    double number = ((Number) value).doubleValue();
    if (Double.isNaN(number) || Double.isInfinite(number)) {
      return String.valueOf(number);
    }
    double rounded = new BigDecimal(number).round(SIX_DIGITS).doubleValue();
    return rounded == Math.rint(rounded) && Math.abs(rounded) < 1e15
        ? Long.toString((long) rounded)
        : Double.toString(rounded);
  }
}
