package org.lossbook.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.Comparator;
import java.util.List;
import java.util.stream.DoubleStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.lossbook.plot.Curves.Line;
import org.lossbook.plot.Curves.Mark;

/** Paints curves with XChart, and the names at the lines' ends beside it. */
final class CurvePainter {
  private static final float WIDTH = 2f;
  private static final float[] DASHES = {7, 4};
  private static final float[] DOTS = {2, 3};
  private static final int MOST_POINTS = 1000; // more than there are pixels across
  private static final int MOST_DOTS = 30;
  private static final int GAP = 6;
  private static final double DOT = 3;

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
      own.setColor(Role.FAINT_INK);
      own.setFont(Canvas.WORDS);
      own.drawString(curves.title() + ": nothing to draw yet", 20, height / 2);
    } else {
      XYChart chart = chart(width - names, height);
      chart.paint(own, width - names, height);
      lines.forEach(line -> line(own, chart, line));
      names(own, chart);
      marks(own, chart);
    }
    own.dispose();
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
    ChartLook.apply(chart.getStyler(), curves, lines);
    for (int i = 0; i < lines.size(); i++) {
      Series series = lines.get(i).series();
      Series shown = series.x().length > MOST_DOTS ? extent(series) : series;
      // XChart only measures and draws the axes: it would draw a line in pieces, which breaks the
      // dashes and makes an SVG ten times as long. Its names of series must be different.
      chart
          .addSeries(i + " " + series.name(), shown.x(), shown.y())
          .setMarker(SeriesMarkers.NONE)
          .setLineStyle(SeriesLines.NONE);
    }
    return chart;
  }

  /**
   * Three points that reach as far as all of them: XChart would put the ticks of equally spaced
   * points on points, at whatever numbers those are.
   */
  private static Series extent(Series series) {
    double[] x = series.x();
    var range = DoubleStream.of(series.y()).filter(Double::isFinite).summaryStatistics();
    double first = x[0];
    double last = x[x.length - 1];
    return new Series(
        series.name(),
        series.role(),
        new double[] {first, first + (last - first) / 3, last},
        new double[] {
          range.getMin(), range.getMax(), range.getMin() + (range.getMax() - range.getMin()) / 3
        });
  }

  private static void line(Graphics2D g, XYChart chart, Line line) {
    Series series = line.series();
    var path = new Path2D.Double();
    boolean pen = false;
    g.setColor(Color.decode(line.hex()));
    for (int i = 0; i < series.x().length; i++) {
      if (Double.isNaN(series.y()[i])) {
        pen = false;
        continue;
      }
      double x = chart.getScreenXFromChart(series.x()[i]);
      double y = chart.getScreenYFromChart(series.y()[i]);
      if (pen) {
        path.lineTo(x, y);
      } else {
        path.moveTo(x, y);
      }
      pen = true;
      if (series.x().length <= MOST_DOTS) {
        g.fill(new Ellipse2D.Double(x - DOT, y - DOT, 2 * DOT, 2 * DOT));
      }
    }
    g.setStroke(
        line.dashed()
            ? new BasicStroke(WIDTH, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, DASHES, 0)
            : new BasicStroke(WIDTH, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    g.draw(path);
  }

  /** Each name at the height of its line's end, moved where another stands there. */
  private void names(Graphics2D g, XYChart chart) {
    g.setFont(Canvas.WORDS);
    int size = g.getFontMetrics().getAscent();
    var fromTheTop =
        lines.stream()
            .sorted(Comparator.comparingDouble(l -> chart.getScreenYFromChart(l.series().last())))
            .toList();
    double[] y =
        fromTheTop.stream()
            .mapToDouble(l -> chart.getScreenYFromChart(l.series().last()) + size / 3.0)
            .toArray();
    for (int i = 1; i < y.length; i++) {
      y[i] = Math.max(y[i], y[i - 1] + size + 2);
    }
    double free = chart.getHeight() - GAP;
    for (int i = y.length - 1; i >= 0; i--) {
      y[i] = Math.min(y[i], free);
      free = y[i] - size - 2;
    }
    for (int i = 0; i < y.length; i++) {
      g.setColor(Color.decode(fromTheTop.get(i).hex()));
      g.drawString(fromTheTop.get(i).series().name(), chart.getWidth() - GAP, (float) y[i]);
    }
  }

  private void marks(Graphics2D g, XYChart chart) {
    for (Mark mark : curves.marks()) {
      double x = chart.getScreenXFromChart(mark.x());
      if (Double.isNaN(mark.y())) {
        upright(g, chart, x, mark.text());
        continue;
      }
      double y = chart.getScreenYFromChart(mark.y());
      g.setColor(Role.INK);
      g.fill(new Ellipse2D.Double(x - 4, y - 4, 8, 8));
      g.setFont(Canvas.WORDS);
      var box = g.getFontMetrics().getStringBounds(mark.text(), g);
      box.setRect(x + 8, y - 6 - box.getHeight(), box.getWidth(), box.getHeight());
      boolean isFree = lines.stream().noneMatch(line -> meets(chart, line.series(), box));
      g.drawString(mark.text(), (float) x + 8, (float) (isFree ? y - 6 : y + box.getHeight()));
    }
  }

  /** Whether a line goes through a place on the screen. */
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

  /** As high as the lines are, its word on the side that has room. */
  private void upright(Graphics2D g, XYChart chart, double x, String text) {
    var range =
        lines.stream()
            .flatMapToDouble(line -> DoubleStream.of(line.series().y()))
            .filter(Double::isFinite)
            .summaryStatistics();
    double top = chart.getScreenYFromChart(range.getMax());
    g.setColor(Role.TRUTH.color(0));
    g.setStroke(new BasicStroke(1, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, DOTS, 0));
    g.draw(new Line2D.Double(x, top, x, chart.getScreenYFromChart(range.getMin())));
    g.setFont(Canvas.WORDS);
    int width = g.getFontMetrics().stringWidth(text);
    boolean fits = x + GAP + width < chart.getWidth();
    g.drawString(text, (float) (fits ? x + GAP : x - GAP - width), (float) top + 10);
  }
}
