package org.lossbook.notebook.rendering;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.internal.chartpart.AxesChart;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.internal.chartpart.IChart;
import org.knowm.xchart.internal.series.Series;
import org.lossbook.notebook.InlineImage;
import org.lossbook.notebook.TextTable;
import org.nd4j.linalg.api.ndarray.INDArray;
import tech.tablesaw.api.Table;

/** Renders values of other libraries: ND4J, Tablesaw and XChart. */
final class Neighbours implements Function<Object, Map<String, String>> {
  private static final int ROWS = 20;
  private static final Set<String> HOMES = Set.of("org.nd4j", "tech.tablesaw", "org.knowm");

  private Neighbours() {}

  /** The representations of {@code value}; empty if its {@code toString} is all there is. */
  static Map<String, String> bundle(Object value) {
    Class<?> type = neighbour(value.getClass());
    ClassLoader home = type.getClassLoader();
    if (home != null && home != Neighbours.class.getClassLoader() && !root(type).isEmpty()) {
      return in(home).apply(value);
    }
    return switch (root(type)) {
      case "org.nd4j" -> OfNd4j.bundle(value);
      case "tech.tablesaw" -> OfTablesaw.bundle(value);
      case "org.knowm" -> OfXChart.bundle(value);
      default -> Map.of();
    };
  }

  @Override
  public Map<String, String> apply(Object value) {
    return bundle(value);
  }

  /** This class in the value's own class loader, because {@link Greeting} is loaded by another. */
  @SuppressWarnings("unchecked")
  private static Function<Object, Map<String, String>> in(ClassLoader home) {
    try {
      var there = Class.forName(Neighbours.class.getName(), true, home).getDeclaredConstructor();
      there.setAccessible(true);
      return (Function<Object, Map<String, String>>) there.newInstance();
    } catch (ReflectiveOperationException e) {
      return value -> Map.of(); // another library loaded without this one
    }
  }

  /** The first class in its hierarchy that belongs to one of these libraries; else Object. */
  private static Class<?> neighbour(Class<?> type) {
    Class<?> each = type;
    while (each.getSuperclass() != null && root(each).isEmpty()) {
      each = each.getSuperclass();
    }
    return each;
  }

  /** The first two parts of a package. */
  private static String root(Class<?> type) {
    String[] parts = type.getName().split("\\.", 3);
    String root = parts.length == 3 ? parts[0] + "." + parts[1] : "";
    return HOMES.contains(root) ? root : "";
  }

  // One class per library, so that the JVM loads it, and what it refers to, only when first used.

  private static final class OfNd4j {
    static Map<String, String> bundle(Object value) {
      if (!(value instanceof INDArray array)) {
        return Map.of();
      }
      if (array.rank() == 2 && array.isR() && array.rows() <= 1000 && array.columns() <= 1000) {
        return ArrayText.of(array.toDoubleMatrix());
      }
      String shape = java.util.Arrays.toString(array.shape());
      return Map.of("text/plain", array + "\nshape " + shape + ", " + array.dataType());
    }
  }

  private static final class OfTablesaw {
    static Map<String, String> bundle(Object value) {
      if (!(value instanceof Table table)) {
        return Map.of();
      }
      var bundle = new LinkedHashMap<String, String>();
      bundle.put("text/plain", table.print(ROWS) + "\n" + size(table));
      bundle.put("text/html", html(table));
      return bundle;
    }

    private static String html(Table table) {
      List<List<String>> rows =
          IntStream.range(0, Math.min(ROWS, table.rowCount()))
              .mapToObj(row -> table.columns().stream().map(each -> each.getString(row)).toList())
              .toList();
      return TextTable.plain("", table.columnNames(), rows).html() + "<p>" + size(table) + "</p>";
    }

    private static String size(Table table) {
      int shown = Math.min(ROWS, table.rowCount());
      String rows = table.rowCount() + " rows × " + table.columnCount() + " columns";
      return shown == table.rowCount() ? rows : "the first " + shown + " of " + rows;
    }
  }

  private static final class OfXChart {
    static Map<String, String> bundle(Object value) {
      if (!(value instanceof IChart chart)) {
        return Map.of();
      }
      try {
        byte[] png = BitmapEncoder.getBitmapBytes(chart, BitmapEncoder.BitmapFormat.PNG);
        int width = chart.getWidth();
        int height = chart.getHeight();
        String words = words(chart);
        return Map.of(
            "text/html",
            new InlineImage(width, height, words).png(png),
            "image/png",
            Base64.getEncoder().encodeToString(png),
            "text/plain",
            words + ", " + width + "×" + height);
      } catch (IOException e) {
        throw new UncheckedIOException("The chart cannot be drawn.", e);
      }
    }

    /** {@code a chart: Speed, metres over seconds, of hare, tortoise}. */
    private static String words(IChart chart) {
      var words = new StringJoiner(", ", "a chart: ", "").setEmptyValue("a chart");
      add(words, "", chart.getTitle());
      if (chart instanceof AxesChart<?, ?> axes) {
        String x = axes.getXAxisTitle();
        String y = axes.getYAxisTitle();
        boolean both = isThere(x) && isThere(y);
        add(words, "", both ? y + " over " + x : isThere(x) ? x : y);
      }
      if (chart instanceof Chart<?, ?> any) {
        String names =
            any.getSeriesCollection().stream()
                .map(Series::getName)
                .collect(Collectors.joining(", "));
        add(words, "of ", names);
      }
      return words.toString();
    }

    private static void add(StringJoiner words, String before, String what) {
      if (isThere(what)) {
        words.add(before + what);
      }
    }

    private static boolean isThere(String text) {
      return text != null && !text.isBlank();
    }
  }
}
