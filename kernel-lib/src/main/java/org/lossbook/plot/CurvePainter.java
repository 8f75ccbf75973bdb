package org.lossbook.plot;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.lossbook.plot.Curves.Line;
import org.lossbook.plot.Curves.Mark;
import org.lossbook.plot.Series.Look;
import org.lossbook.plot.canvas.Canvas;
import org.lossbook.plot.canvas.Palette;

/** Paints line charts with XChart, and the names at the ends of the lines. */
final class CurvePainter {
  private static final float[] DOTS = {2, 3};
  private static final int MOST_POINTS = 1000; // more than there are pixels across
  private static final int GAP = 6;

  private final Curves curves;
  private final List<Line> lines;

  CurvePainter(Curves curves) {
    this.curves = curves.thinned(MOST_POINTS);
    this.lines = this.curves.lines();
  }

  void paint(Graphics2D g, int left, int width, int height) {
    int names = nameWidth(g);
    Graphics2D own = (Graphics2D) g.create();
    own.translate(left, 0);
    if (lines.isEmpty()) {
      own.setColor(Palette.FAINT_INK);
      own.setFont(Canvas.WORDS);
      own.drawString(curves.title() + ": nothing to draw yet", 20, height / 2);
    } else {
      XYChart chart = chart(width - names, height);
      chart.paint(own, width - names, height);
      lines(own, chart);
      names(own, chart);
      marks(own, chart);
    }
    own.dispose();
  }

  /** Bars first and points last, so that neither hides the other. */
  private void lines(Graphics2D g, XYChart chart) {
    var painter = new SeriesPainter(g, chart, curves.scale());
    for (Look look : List.of(Look.BARS, Look.STROKES, Look.LINE, Look.POINTS)) {
      lines.stream().filter(line -> line.series().look() == look).forEach(painter::paint);
    }
  }

  private int nameWidth(Graphics2D g) {
    var metrics = g.getFontMetrics(Canvas.WORDS);
    return lines.stream().mapToInt(l -> metrics.stringWidth(l.series().name())).max().orElse(0);
  }

  private XYChart chart(int width, int height) {
    XYChart chart =
        new XYChartBuilder()
            .width(width)
            .height(height)
            .title(curves.title())
            .xAxisTitle(curves.xLabel())
            .yAxisTitle(curves.yLabel())
            .build();
    ChartStyle.apply(chart.getStyler(), curves, lines, width);
    double[] counted = ChartStyle.counted(lines);
    if (counted.length > 0) {
      double[] level = new double[counted.length];
      Arrays.fill(level, lines.get(0).series().vertically().getMin());
      unseen(chart, "counted", counted, level);
    }
    for (int i = 0; i < lines.size(); i++) {
      Series series = lines.get(i).series();
      boolean isWhole = series.look() != Look.BARS && series.x().length <= SeriesPainter.MOST_DOTS;
      Series shown = isWhole ? series : extent(series);
      unseen(chart, i + " " + series.name(), shown.x(), shown.y());
    }
    return chart;
  }

  /**
   * XChart only measures and draws the axes: it would draw a line in pieces, which breaks dashes
   * and makes the SVG ten times as long. Series names must be unique in XChart.
   */
  private static void unseen(XYChart chart, String name, double[] x, double[] y) {
    chart.addSeries(name, x, y).setMarker(SeriesMarkers.NONE).setLineStyle(SeriesLines.NONE);
  }

  /**
   * Three points with the range of all: XChart would put ticks on equally spaced points, whatever
   * their numbers are.
   */
  private static Series extent(Series series) {
    var range = series.vertically();
    double first = series.horizontally()[0];
    double last = series.horizontally()[1];
    return new Series(
        series.name(),
        series.role(),
        new double[] {first, first + (last - first) / 3, last},
        new double[] {
          range.getMin(), range.getMax(), range.getMin() + (range.getMax() - range.getMin()) / 3
        });
  }

  /** Each name at the height of its line's end, moved where it would overlap another. */
  private void names(Graphics2D g, XYChart chart) {
    g.setFont(Canvas.WORDS);
    int size = g.getFontMetrics().getAscent();
    var fromTheTop = lines.stream().sorted(Comparator.comparingDouble(l -> end(chart, l))).toList();
    double[] y = fromTheTop.stream().mapToDouble(l -> end(chart, l) + size / 3.0).toArray();
    for (int i = 1; i < y.length; i++) {
      y[i] = Math.max(y[i], y[i - 1] + size + 2);
    }
    double free = chart.getHeight() - GAP;
    for (int i = y.length - 1; i >= 0; i--) {
      y[i] = Math.min(y[i], free);
      free = y[i] - size - 2;
    }
    for (int i = 0; i < y.length; i++) {
      g.setColor(Palette.words(fromTheTop.get(i).hex()));
      g.drawString(fromTheTop.get(i).series().name(), chart.getWidth() - GAP, (float) y[i]);
    }
  }

  /** Where a line ends, or where it leaves the axes. */
  private double end(XYChart chart, Line line) {
    return chart.getScreenYFromChart(curves.scale().within(line.series().last()));
  }

  private void marks(Graphics2D g, XYChart chart) {
    for (Mark mark : curves.marks()) {
      double x = chart.getScreenXFromChart(mark.x());
      if (Double.isNaN(mark.y())) {
        upright(g, chart, x, mark.text());
        continue;
      }
      double y = chart.getScreenYFromChart(mark.y());
      g.setColor(Palette.INK);
      g.fill(new Ellipse2D.Double(x - 4, y - 4, 8, 8));
      g.setFont(Canvas.WORDS);
      var box = g.getFontMetrics().getStringBounds(mark.text(), g);
      box.setRect(x + 8, y - 6 - box.getHeight(), box.getWidth(), box.getHeight());
      boolean isFree = lines.stream().noneMatch(line -> meets(chart, line.series(), box));
      g.drawString(mark.text(), (float) x + 8, (float) (isFree ? y - 6 : y + box.getHeight()));
    }
  }

  /** Whether a line passes through a point on the screen. */
  private static boolean meets(XYChart chart, Series series, Rectangle2D box) {
    for (int i = 1; i < series.x().length; i++) {
      boolean isGap = Double.isNaN(series.y()[i - 1]) || Double.isNaN(series.y()[i]);
      if (!isGap
          && box.intersectsLine(
              chart.getScreenXFromChart(series.x()[i - 1]),
              chart.getScreenYFromChart(series.y()[i - 1]),
              chart.getScreenXFromChart(series.x()[i]),
              chart.getScreenYFromChart(series.y()[i]))) {
        return true;
      }
    }
    return false;
  }

  /** As high as the plot, with its word on the side that has room. */
  private void upright(Graphics2D g, XYChart chart, double x, String text) {
    boolean isGiven = curves.scale().isGiven();
    double high =
        isGiven
            ? curves.scale().high()
            : lines.stream().mapToDouble(l -> l.series().vertically().getMax()).max().orElse(1);
    double low =
        isGiven
            ? curves.scale().low()
            : lines.stream().mapToDouble(l -> l.series().vertically().getMin()).min().orElse(0);
    double top = chart.getScreenYFromChart(high);
    g.setColor(Role.TRUTH.color(0));
    g.setStroke(new BasicStroke(1, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, DOTS, 0));
    g.draw(new Line2D.Double(x, top, x, chart.getScreenYFromChart(low)));
    g.setFont(Canvas.WORDS);
    int width = g.getFontMetrics().stringWidth(text);
    boolean fits = x + GAP + width < chart.getWidth();
    g.drawString(text, (float) (fits ? x + GAP : x - GAP - width), (float) top + 10);
  }
}
