package org.lossbook.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import java.awt.geom.RoundRectangle2D;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.lossbook.plot.canvas.Canvas;
import org.lossbook.plot.canvas.ColourMap;
import org.lossbook.plot.canvas.Palette;
import org.lossbook.plot.canvas.Ticks;

/**
 * Paints surface plots by the painter's algorithm: cells from back to front, in parallel
 * projection, in a box with axes.
 */
final class SurfacePainter {
  static final int WIDTH = 640;
  static final int HEIGHT = 470;

  private static final double AZIMUTH = Math.toRadians(-58);
  private static final double ELEVATION = Math.toRadians(34);
  private static final double TALL = 1.05; // over a floor of 2 by 2
  private static final double SCALE = 162;
  private static final double MIDDLE_X = 330;
  private static final double MIDDLE_Y = 304;

  private final Surface surface;
  private final Grid grid;
  private final ValueScale scale;

  SurfacePainter(Surface surface) {
    this.surface = surface;
    grid = surface.grid();
    scale = new ValueScale(grid, surface.logZ());
  }

  /** A cell between four neighbouring grid points. */
  private record Cell(int row, int column, double depth) {}

  void paint(Graphics2D g) {
    g.setFont(Canvas.TITLE);
    g.setColor(Palette.INK);
    g.drawString(Canvas.fitted(g, surface.title(), WIDTH - 80), 40, 24);
    box(g);
    cells(g);
    axes(g);
    surface.marks().forEach(mark -> mark(g, mark));
  }

  /** Projects −1 to 1 along the floor and 0 to 1 upwards onto the page. */
  private static Point2D.Double at(double u, double v, double height) {
    double across = u * Math.cos(AZIMUTH) - v * Math.sin(AZIMUTH);
    double away = u * Math.sin(AZIMUTH) + v * Math.cos(AZIMUTH);
    double up = away * Math.sin(ELEVATION) + height * TALL * Math.cos(ELEVATION);
    return new Point2D.Double(MIDDLE_X + across * SCALE, MIDDLE_Y - up * SCALE);
  }

  private static double depth(double u, double v) {
    return u * Math.sin(AZIMUTH) + v * Math.cos(AZIMUTH);
  }

  private double u(double x) {
    return 2 * (x - grid.x()[0]) / grid.width() - 1;
  }

  private double v(double y) {
    return 2 * (y - grid.y()[0]) / grid.height() - 1;
  }

  /** The floor and the two back walls, with a line at each tick of the height. */
  private void box(Graphics2D g) {
    g.setStroke(new BasicStroke(1));
    g.setColor(Palette.GRID);
    line(g, at(-1, -1, 0), at(1, -1, 0));
    line(g, at(1, -1, 0), at(1, 1, 0));
    line(g, at(1, 1, 0), at(-1, 1, 0));
    line(g, at(-1, 1, 0), at(-1, -1, 0));
    line(g, at(-1, 1, 0), at(-1, 1, 1));
    line(g, at(1, 1, 0), at(1, 1, 1));
    line(g, at(-1, -1, 0), at(-1, -1, 1));
    for (double tick : scale.ticks(6)) {
      double share = scale.share(tick);
      line(g, at(-1, -1, share), at(-1, 1, share));
      line(g, at(-1, 1, share), at(1, 1, share));
    }
  }

  private static void line(Graphics2D g, Point2D a, Point2D b) {
    g.draw(new Line2D.Double(a, b));
  }

  private void cells(Graphics2D g) {
    List<Cell> cells = new ArrayList<>();
    for (int r = 0; r + 1 < grid.y().length; r++) {
      for (int c = 0; c + 1 < grid.x().length; c++) {
        double u = u((grid.x()[c] + grid.x()[c + 1]) / 2);
        double v = v((grid.y()[r] + grid.y()[r + 1]) / 2);
        cells.add(new Cell(r, c, depth(u, v)));
      }
    }
    cells.sort(Comparator.comparingDouble((Cell cell) -> -cell.depth));
    cells.forEach(cell -> paint(g, cell));
  }

  private void paint(Graphics2D g, Cell cell) {
    int r = cell.row;
    int c = cell.column;
    double[][] z = grid.z();
    double a = scale.share(z[r][c]);
    double b = scale.share(z[r][c + 1]);
    double d = scale.share(z[r + 1][c + 1]);
    double e = scale.share(z[r + 1][c]);
    double mean = (a + b + d + e) / 4;
    if (!Double.isFinite(mean)) {
      return;
    }
    double fromU = u(grid.x()[c]);
    double toU = u(grid.x()[c + 1]);
    double fromV = v(grid.y()[r]);
    double toV = v(grid.y()[r + 1]);
    var path = new Path2D.Double();
    moveTo(path, at(fromU, fromV, a), true);
    moveTo(path, at(toU, fromV, b), false);
    moveTo(path, at(toU, toV, d), false);
    moveTo(path, at(fromU, toV, e), false);
    path.closePath();
    double slopeU = TALL * (b + d - a - e) / 2 / (toU - fromU);
    double slopeV = TALL * (e + d - a - b) / 2 / (toV - fromV);
    Color fill = lit(ColourMap.of(mean), slopeU, slopeV);
    g.setColor(fill);
    g.fill(path);
    g.setColor(darker(fill, 0.72));
    g.setStroke(new BasicStroke(0.6f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    g.draw(path);
  }

  private static void moveTo(Path2D path, Point2D to, boolean first) {
    if (first) {
      path.moveTo(to.getX(), to.getY());
    } else {
      path.lineTo(to.getX(), to.getY());
    }
  }

  /** Light from above and the left: cells that face away are darker. */
  static Color lit(Color colour, double slopeU, double slopeV) {
    double length = Math.sqrt(slopeU * slopeU + slopeV * slopeV + 1);
    double facing = (0.45 * slopeU + 0.25 * slopeV + 0.86) / length;
    return darker(colour, 0.8 + 0.2 * Math.max(0, Math.min(1, facing)));
  }

  private static Color darker(Color colour, double by) {
    return new Color(
        (int) (colour.getRed() * by),
        (int) (colour.getGreen() * by),
        (int) (colour.getBlue() * by));
  }

  /** Ticks along the two near edges of the floor and up the left edge. */
  private void axes(Graphics2D g) {
    double[] x = grid.x();
    double[] y = grid.y();
    g.setStroke(new BasicStroke(1));
    g.setColor(Palette.FAINT_INK);
    line(g, at(-1, -1, 0), at(1, -1, 0));
    line(g, at(1, -1, 0), at(1, 1, 0));
    line(g, at(-1, -1, 0), at(-1, -1, 1));
    g.setFont(Canvas.SMALL);
    for (double tick : Ticks.linear(x[0], x[x.length - 1], 4)) {
      var end = at(u(tick), -1.06, 0);
      line(g, at(u(tick), -1, 0), end);
      text(g, Ticks.text(tick), end.x - 4, end.y + 12, 1);
    }
    for (double tick : Ticks.linear(y[0], y[y.length - 1], 4)) {
      var end = at(1.06, v(tick), 0);
      line(g, at(1, v(tick), 0), end);
      text(g, Ticks.text(tick), end.x + 4, end.y + 12, 0);
    }
    for (double tick : scale.ticks(6)) {
      var end = at(-1, -1, scale.share(tick));
      g.draw(new Line2D.Double(end.x - 5, end.y, end.x, end.y));
      text(g, Ticks.text(tick), end.x - 8, end.y + 4, 1);
    }
    g.setFont(Canvas.WORDS);
    g.setColor(Palette.INK);
    var left = at(0, -1.06, 0);
    text(g, surface.xLabel(), left.x - 34, left.y + 28, 1);
    var right = at(1.06, 0, 0);
    text(g, surface.yLabel(), right.x + 34, right.y + 28, 0);
    var top = at(-1, -1, 1);
    text(g, surface.zLabel(), top.x, top.y - 12, 0.5);
  }

  /**
   * @param anchor the share of the text left of {@code x}
   */
  private static void text(Graphics2D g, String text, double x, double y, double anchor) {
    double width = g.getFontMetrics().stringWidth(text);
    g.drawString(text, (float) (x - anchor * width), (float) y);
  }

  /** On a stem, so that it is visible where the surface in front is higher. */
  private void mark(Graphics2D g, Curves.Mark mark) {
    double height = scale.share(between(mark.x(), mark.y()));
    if (!Double.isFinite(height)) {
      return;
    }
    var foot = at(u(mark.x()), v(mark.y()), height);
    var head = at(u(mark.x()), v(mark.y()), height + 0.3);
    g.setColor(Palette.INK);
    g.setStroke(new BasicStroke(1.2f));
    line(g, foot, head);
    g.fill(new Ellipse2D.Double(foot.x - 4, foot.y - 4, 8, 8));
    g.setFont(Canvas.WORDS);
    int width = g.getFontMetrics().stringWidth(mark.text());
    g.setColor(Palette.CARD);
    g.fill(new RoundRectangle2D.Double(head.x - width / 2.0 - 4, head.y - 17, width + 8, 18, 6, 6));
    g.setColor(Palette.INK);
    text(g, mark.text(), head.x, head.y - 4, 0.5);
  }

  /** The value at a point, by bilinear interpolation. */
  private double between(double x, double y) {
    int c = before(grid.x(), x);
    int r = before(grid.y(), y);
    double s = (x - grid.x()[c]) / (grid.x()[c + 1] - grid.x()[c]);
    double t = (y - grid.y()[r]) / (grid.y()[r + 1] - grid.y()[r]);
    double[][] z = grid.z();
    double lower = z[r][c] + s * (z[r][c + 1] - z[r][c]);
    double upper = z[r + 1][c] + s * (z[r + 1][c + 1] - z[r + 1][c]);
    return lower + t * (upper - lower);
  }

  private static int before(double[] places, double value) {
    int at = 0;
    while (at < places.length - 2 && places[at + 1] <= value) {
      at++;
    }
    return at;
  }
}
