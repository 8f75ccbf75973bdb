package org.lossbook.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import org.knowm.xchart.XYChart;
import org.lossbook.plot.Curves.Line;
import org.lossbook.plot.Curves.Scale;
import org.lossbook.plot.canvas.Palette;

/** Paints lines, points, segments and bars onto axes that XChart has drawn. */
final class SeriesPainter {
  /** A line of up to this many points has a dot at each. */
  static final int MOST_DOTS = 30;

  private static final float WIDTH = 2f;
  private static final float STROKE = 6f;
  private static final float[] DASHES = {7, 4};
  private static final double DOT = 3;
  private static final double POINT = 5;
  private static final double CLOUD = 2.5;
  private static final double FAR = 1e5; // pixels beyond the page
  private static final double NEAR = 1e-3; // pixels
  private static final int FEW = 50; // points that are drawn large

  private final Graphics2D g;
  private final XYChart chart;
  private final Scale scale;

  SeriesPainter(Graphics2D g, XYChart chart, Scale scale) {
    this.g = g;
    this.chart = chart;
    this.scale = scale;
  }

  void paint(Line line) {
    Color colour = Color.decode(line.hex());
    g.setColor(colour);
    switch (line.series().look()) {
      case LINE -> line(line);
      case POINTS -> points(line.series());
      case STROKES -> strokes(line.series());
      case BARS -> bars(line.series(), colour);
    }
  }

  private double x(double number) {
    return chart.getScreenXFromChart(number);
  }

  /** XChart returns the nearest pixel that it knows; beyond its axes it knows none. */
  private double y(double number) {
    if (!scale.isGiven()) {
      return chart.getScreenYFromChart(number);
    }
    double bottom = chart.getScreenYFromChart(scale.low());
    double top = chart.getScreenYFromChart(scale.high());
    double share = (at(number) - at(scale.low())) / (at(scale.high()) - at(scale.low()));
    return Math.max(-FAR, Math.min(FAR, bottom + share * (top - bottom)));
  }

  private double at(double number) {
    return scale.log() ? Math.log10(number) : number;
  }

  private void line(Line line) {
    Series series = line.series();
    var path = new Path2D.Double();
    int before = -1;
    for (int i = 0; i < series.x().length; i++) {
      if (Double.isNaN(series.y()[i])) {
        before = -1;
        continue;
      }
      double x = x(series.x()[i]);
      double y = y(series.y()[i]);
      if (before >= 0) {
        onward(path, x(series.x()[before]), y(series.y()[before]), x, y);
      }
      before = i;
      if (series.x().length <= MOST_DOTS) {
        dot(x, y, DOT);
      }
    }
    g.setStroke(
        line.dashed()
            ? new BasicStroke(WIDTH, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, DASHES, 0)
            : new BasicStroke(WIDTH, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    g.draw(path);
  }

  /** The part of a segment inside the axis, as these SVGs have no clip paths. */
  private void onward(Path2D path, double x0, double y0, double x, double y) {
    double from = outside(y0, y);
    double to = 1 - outside(y, y0);
    if (from > to) {
      return;
    }
    var start = new Point2D.Double(x0 + from * (x - x0), y0 + from * (y - y0));
    Point2D last = path.getCurrentPoint();
    if (last == null || last.distance(start) > NEAR) {
      path.moveTo(start.x, start.y);
    }
    path.lineTo(x0 + to * (x - x0), y0 + to * (y - y0));
  }

  /** The fraction of the segment before it enters the axis; 2 where it never does. */
  private double outside(double from, double to) {
    double end = within(from);
    if (from == end) {
      return 0;
    }
    return (to - end) * (end - from) > 0 ? (end - from) / (to - from) : 2;
  }

  /** The nearest position inside an axis with given ends. */
  private double within(double y) {
    return scale.isGiven() ? Math.max(y(scale.high()), Math.min(y(scale.low()), y)) : y;
  }

  private void points(Series series) {
    double size = series.x().length <= FEW ? POINT : CLOUD;
    for (int i = 0; i < series.x().length; i++) {
      if (!Double.isNaN(series.y()[i])) {
        dot(x(series.x()[i]), y(series.y()[i]), size);
      }
    }
  }

  private void dot(double x, double y, double radius) {
    if (Math.abs(y - within(y)) > NEAR) {
      return;
    }
    g.fill(new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius));
  }

  private void strokes(Series series) {
    g.setStroke(new BasicStroke(STROKE, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND));
    for (int i = 0; i + 1 < series.x().length; i += 2) {
      double from = series.y()[i];
      double to = series.y()[i + 1];
      if (!Double.isNaN(from) && !Double.isNaN(to)) {
        double x = x(series.x()[i]);
        g.draw(new Line2D.Double(x, within(y(from)), x, within(y(to))));
      }
    }
  }

  private void bars(Series series, Color colour) {
    double half = series.halfBar();
    g.setStroke(new BasicStroke(1));
    for (int i = 0; i < series.x().length; i++) {
      double height = series.y()[i];
      if (Double.isNaN(height)) {
        continue;
      }
      double left = x(series.x()[i] - half);
      double top = within(y(Math.max(0, height)));
      double wide = x(series.x()[i] + half) - left;
      var bar = new Rectangle2D.Double(left, top, wide, within(y(Math.min(0, height))) - top);
      g.setColor(new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), 160));
      g.fill(bar);
      g.setColor(Palette.CARD);
      g.draw(bar);
    }
  }
}
