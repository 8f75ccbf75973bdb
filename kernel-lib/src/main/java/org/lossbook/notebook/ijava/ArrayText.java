package org.lossbook.notebook.ijava;

import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.IntFunction;

/** Arrays of numbers as rows and tables, with six digits, and only the ends of what is long. */
final class ArrayText {
  private static final int LONGEST = 20;
  private static final int ENDS = 8;
  private static final MathContext SIX_DIGITS = new MathContext(6);

  private ArrayText() {}

  /**
   * A row or a table as HTML and as text: {@code [0.5, -0.25]}, a row a line.
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
    var text = new StringJoiner(", ", "[", "]");
    ends(Array.getLength(array), i -> number(Array.get(array, i)), text);
    return text.toString();
  }

  private static String tableText(Object table) {
    var text = new StringJoiner(",\n ", "[", "]");
    ends(Array.getLength(table), i -> row(Array.get(table, i)), text);
    return text.toString();
  }

  private static String tableHtml(Object table) {
    var rows = new StringJoiner("", "<table>", "</table>");
    ends(Array.getLength(table), i -> rowHtml(Array.get(table, i)), rows);
    return rows.toString().replace("…", "<tr><td>…</td></tr>").replace("\0", "…");
  }

  private static String rowHtml(Object row) {
    var cells = new StringJoiner("", "<tr>", "</tr>");
    ends(Array.getLength(row), i -> "<td>" + number(Array.get(row, i)) + "</td>", cells);
    return cells.toString().replace("…", "<td>\0</td>");
  }

  /** Adds all items, or those at both ends with dots between. */
  private static void ends(int length, IntFunction<String> item, StringJoiner to) {
    for (int i = 0; i < length; i++) {
      if (length > LONGEST && i == ENDS) {
        to.add("…");
        i = length - ENDS;
      }
      to.add(item.apply(i));
    }
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
