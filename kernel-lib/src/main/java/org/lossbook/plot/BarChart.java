package org.lossbook.plot;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.lossbook.base.Messages;
import org.lossbook.config.Shown;
import org.lossbook.plot.canvas.Canvas;
import org.lossbook.plot.canvas.NumberText;
import org.lossbook.plot.canvas.Palette;
import org.lossbook.plot.canvas.Ticks;

/**
 * A bar chart over categories, each bar labelled with its number: one distribution, or several side
 * by side. It is drawn when a cell ends with it.
 *
 * <pre>{@code
 * bars("What is in the picture?", "cat", "dog").y("probability")
 *     .with("truth", 1, 0)
 *     .with("prediction", 0.9, 0.1)
 * }</pre>
 *
 * <p>Names determine colours as in {@link Chart}.
 */
public final class BarChart implements Drawable {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 320;
  private static final int BELOW = 24; // for the names
  private static final int GAP = 10;
  private static final double MOST_WIDE = 90;

  private record Group(String name, Role role, double[] values) {}

  private final String title;
  private final List<String> categories;
  private final String yLabel;
  private final List<Group> groups;

  private BarChart(String title, List<String> categories, String yLabel, List<Group> groups) {
    this.title = title;
    this.categories = categories;
    this.yLabel = yLabel;
    this.groups = groups;
  }

  /**
   * A chart of these categories without bars.
   *
   * @throws IllegalArgumentException where there is no category, or one twice
   */
  public static BarChart of(String title, String... categories) {
    if (title == null || categories == null || Arrays.asList(categories).contains(null)) {
      throw new IllegalArgumentException(
          "bars expects a title and names but receives null: give it strings.");
    }
    if (categories.length == 0
        || Arrays.stream(categories).distinct().count() < categories.length) {
      throw Messages.wrong(
          "bars expects at least one name, each different, but receives %s: name each bar once.",
          Arrays.toString(categories));
    }
    return new BarChart(title, List.of(categories), "", List.of());
  }

  /** The label of the vertical axis, with its unit. */
  public BarChart y(String label) {
    if (label == null) {
      throw new IllegalArgumentException(
          "y expects the name of an axis but receives null: give it one.");
    }
    return new BarChart(title, categories, label, groups);
  }

  /**
   * Adds a group of bars.
   *
   * @param name of the group, which determines its colour
   * @param values a finite number for each category
   * @throws IllegalArgumentException where there are more or fewer than categories, or one is not
   *     finite
   */
  public BarChart with(String name, double... values) {
    if (name == null || values == null || groups.stream().anyMatch(g -> g.name().equals(name))) {
      throw Messages.wrong(
          "with expects a new name and numbers but receives %s: give each group its own name.",
          name == null || values == null ? "null" : "\"" + name + "\" again");
    }
    if (values.length != categories.size() || !DoubleStream.of(values).allMatch(Double::isFinite)) {
      throw Messages.wrong(
          "%s expects a finite number for each of %s but receives %s: give one for each.",
          Shown.text(name), categories, Arrays.toString(values));
    }
    NumberText.drawable("with", values);
    var all = new ArrayList<>(groups);
    all.add(new Group(name, Role.named(name), values.clone()));
    return new BarChart(title, categories, yLabel, List.copyOf(all));
  }

  /**
   * The meaning of the group added last, which determines its colour whatever its name: {@code
   * .with("as drawn", 1, 0).role(TRUTH)}.
   *
   * @throws IllegalStateException where nothing is added yet
   */
  public BarChart role(Role role) {
    if (role == null) {
      throw new IllegalArgumentException(
          "role expects a role but receives null: give it one, such as TRUTH.");
    }
    if (groups.isEmpty()) {
      throw new IllegalStateException(
          "role expects a group of bars before it but there is none: write .with(\"as drawn\", 1, 0).role(TRUTH).");
    }
    var all = new ArrayList<>(groups);
    Group last = all.remove(all.size() - 1);
    all.add(new Group(last.name(), role, last.values()));
    return new BarChart(title, categories, yLabel, List.copyOf(all));
  }

  /** The figure, 640 pixels wide. */
  @Override
  public Figure figure() {
    if (groups.isEmpty()) {
      throw new IllegalStateException(
          Messages.of("bars expects numbers but has none: add with(\"%s\", …).", "prediction"));
    }
    return Figure.drawing(WIDTH, HEIGHT, alt(), text(), this::paint);
  }

  /** The numbers, a line per category. */
  @Override
  public String toString() {
    return text();
  }

  private String text() {
    return groups.stream()
        .map(group -> group.name() + ": " + listed(group))
        .collect(Collectors.joining("\n  ", title + "\n  ", ""));
  }

  private String alt() {
    return groups.stream()
        .map(group -> group.name() + " with " + listed(group))
        .collect(Collectors.joining("; ", "Bars, " + title + ": ", "."));
  }

  private String listed(Group group) {
    return IntStream.range(0, categories.size())
        .mapToObj(i -> categories.get(i) + " " + NumberText.text(group.values()[i]))
        .collect(Collectors.joining(", "));
  }

  private void paint(Graphics2D g) {
    g.setFont(Canvas.WORDS);
    var metrics = g.getFontMetrics();
    boolean isOne = groups.size() == 1;
    int names =
        isOne ? 0 : groups.stream().mapToInt(e -> metrics.stringWidth(e.name())).max().orElse(0);
    int width = WIDTH - (isOne ? 0 : names + 2 * GAP);
    XYChart chart = axes(width);
    chart.paint(g, width, HEIGHT - BELOW);
    double left = chart.getScreenXFromChart(0);
    double slot = (chart.getScreenXFromChart(categories.size()) - left) / categories.size();
    double wide = Math.min(MOST_WIDE, 0.8 * slot / groups.size());
    for (int c = 0; c < categories.size(); c++) {
      double middle = left + (c + 0.5) * slot;
      g.setFont(Canvas.WORDS);
      g.setColor(Palette.INK);
      centred(g, Canvas.fitted(g, categories.get(c), (int) slot - 2), middle, HEIGHT - BELOW + 6);
      for (int i = 0; i < groups.size(); i++) {
        bar(
            g,
            chart,
            i,
            groups.get(i).values()[c],
            middle + (i - groups.size() / 2.0) * wide,
            wide);
      }
    }
    for (int i = 0; !isOne && i < groups.size(); i++) {
      g.setFont(Canvas.WORDS);
      g.setColor(Palette.words(Palette.hex(colour(i))));
      g.drawString(groups.get(i).name(), width + GAP, 52 + 20 * i);
    }
  }

  /** XChart's chart, with an axis that covers all numbers and 0. */
  private XYChart axes(int width) {
    var range =
        groups.stream().flatMapToDouble(e -> DoubleStream.of(e.values())).summaryStatistics();
    double low = Math.min(0, range.getMin());
    double high = Math.max(0, range.getMax());
    double room = high > low ? 0.08 * (high - low) : 1; // for the numbers at the ends of bars
    XYChart chart =
        new XYChartBuilder()
            .width(width)
            .height(HEIGHT - BELOW)
            .title(title)
            .yAxisTitle(yLabel)
            .build();
    ChartStyle.card(chart.getStyler());
    chart.getStyler().setChartTitleVisible(!title.isEmpty()).setLegendVisible(false);
    chart
        .getStyler()
        .setXAxisTicksVisible(false)
        .setXAxisTitleVisible(false)
        .setXAxisMin(0.0)
        .setXAxisMax((double) categories.size())
        .setYAxisMin(low < 0 ? low - room : 0)
        .setYAxisMax(high > 0 || low == 0 ? high + room : 0);
    chart
        .addSeries("extent", new double[] {0, categories.size()}, new double[] {low, high})
        .setMarker(SeriesMarkers.NONE)
        .setLineStyle(SeriesLines.NONE);
    return chart;
  }

  private void bar(Graphics2D g, XYChart chart, int group, double value, double left, double wide) {
    double zero = chart.getScreenYFromChart(0);
    double end = chart.getScreenYFromChart(value);
    g.setColor(colour(group));
    g.fill(new Rectangle2D.Double(left + 1, Math.min(zero, end), wide - 2, Math.abs(end - zero)));
    String number = Ticks.text(Double.parseDouble(String.format(Locale.ROOT, "%.3g", value)));
    g.setFont(Canvas.SMALL);
    if (g.getFontMetrics().stringWidth(number) <= wide + 2) {
      g.setColor(Palette.INK);
      centred(g, number, left + wide / 2, value < 0 ? end + 12 : end - 4);
    }
  }

  private Color colour(int group) {
    return groups.get(group).role().color(group);
  }

  private static void centred(Graphics2D g, String text, double x, double y) {
    g.drawString(text, (float) (x - g.getFontMetrics().stringWidth(text) / 2.0), (float) y);
  }
}
