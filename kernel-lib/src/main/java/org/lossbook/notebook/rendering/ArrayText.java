package org.lossbook.notebook.rendering;

import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.RandomAccess;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.lossbook.notebook.TextTable;

/**
 * Formats arrays, and collections that hold arrays, as rows and tables: numbers with six digits,
 * and only both ends of long ones.
 */
final class ArrayText {
  private static final int LONGEST = 20;
  private static final int ENDS = 8;
  private static final int DEEPEST = 8;
  private static final MathContext SIX_DIGITS = new MathContext(6);

  private ArrayText() {}

  /**
   * A vector or a matrix as HTML and as text: {@code [0.5, -0.25]}, a row a line.
   *
   * @param value an array, or a collection or a map that holds arrays
   */
  static Map<String, String> of(Object value) {
    boolean table = holdsRows(value);
    var bundle = new LinkedHashMap<String, String>();
    bundle.put("text/plain", table ? rows(value) : text(value, 0));
    if (table) {
      bundle.put("text/html", TextTable.html(ends(value, ArrayText::cells, List.of("…"))));
    }
    return bundle;
  }

  /** Whether Java's own text of {@code value} would name arrays by their addresses. */
  static boolean isFor(Object value) {
    return holdsArray(value, 0);
  }

  private static boolean holdsArray(Object value, int depth) {
    if (value == null || depth > DEEPEST) {
      return false;
    }
    if (value instanceof Map.Entry<?, ?> entry) {
      return holdsArray(entry.getKey(), depth + 1) || holdsArray(entry.getValue(), depth + 1);
    }
    return value.getClass().isArray()
        || (isMany(value)
            && ends(value, each -> holdsArray(each, depth + 1), false).contains(true));
  }

  private static boolean isMany(Object value) {
    return value != null
        && (value.getClass().isArray() || value instanceof Collection || value instanceof Map);
  }

  /** Whether each item is an array, or a key with one, so that the items are rows. */
  private static boolean holdsRows(Object value) {
    if (!isMany(value)) {
      return false;
    }
    if (value.getClass().isArray() && value.getClass().getComponentType().isArray()) {
      return true;
    }
    List<Boolean> rows =
        value.getClass().isArray() && value.getClass().getComponentType().isPrimitive()
            ? List.of()
            : ends(value, ArrayText::isRow, true);
    return !rows.isEmpty() && !rows.contains(false);
  }

  private static boolean isRow(Object item) {
    Object row = item instanceof Map.Entry<?, ?> entry ? entry.getValue() : item;
    return row != null && row.getClass().isArray();
  }

  private static String rows(Object table) {
    boolean isMap = table instanceof Map;
    return ends(table, row -> text(row, 1), "…").stream()
        .collect(Collectors.joining(",\n ", isMap ? "{" : "[", isMap ? "}" : "]"));
  }

  private static List<String> cells(Object row) {
    if (row instanceof Map.Entry<?, ?> entry) {
      var cells = new ArrayList<String>();
      cells.add(text(entry.getKey(), 1));
      cells.addAll(cells(entry.getValue()));
      return cells;
    }
    return isMany(row) ? ends(row, each -> text(each, 2), "…") : List.of(text(row, 2));
  }

  private static String text(Object value, int depth) {
    if (value instanceof Map.Entry<?, ?> entry) {
      return text(entry.getKey(), depth) + "=" + text(entry.getValue(), depth);
    }
    if (depth > DEEPEST && isMany(value)) {
      return "…"; // it may hold itself
    }
    if (!holdsArray(value, depth)) {
      return number(value);
    }
    boolean isMap = value instanceof Map;
    return ends(value, each -> text(each, depth + 1), "…").stream()
        .collect(Collectors.joining(", ", isMap ? "{" : "[", isMap ? "}" : "]"));
  }

  /** All items, or those at both ends with dots in between. */
  private static <T> List<T> ends(Object many, Function<Object, T> item, T dots) {
    if (many.getClass().isArray()) {
      int length = Array.getLength(many);
      return ends(length, i -> item.apply(Array.get(many, i)), dots);
    }
    if (many instanceof List<?> list && list instanceof RandomAccess) {
      return ends(list.size(), i -> item.apply(list.get(i)), dots);
    }
    Collection<?> all = many instanceof Map<?, ?> map ? map.entrySet() : (Collection<?>) many;
    List<Object> copied = new ArrayList<>(all);
    return ends(copied.size(), i -> item.apply(copied.get(i)), dots);
  }

  private static <T> List<T> ends(int length, IntFunction<T> item, T dots) {
    var ends = new ArrayList<T>();
    for (int i = 0; i < length; i++) {
      if (length > LONGEST && i == ENDS) {
        ends.add(dots);
        i = length - ENDS;
      }
      ends.add(item.apply(i));
    }
    return ends;
  }

  private static String number(Object value) {
    if (!(value instanceof Double || value instanceof Float)) {
      return Objects.toString(value);
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
