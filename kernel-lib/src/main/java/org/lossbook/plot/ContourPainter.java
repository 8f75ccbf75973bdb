package org.lossbook.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.font.FontRenderContext;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.lossbook.plot.canvas.Canvas;
import org.lossbook.plot.canvas.ColourMap;
import org.lossbook.plot.canvas.Palette;
import org.lossbook.plot.canvas.Ticks;

/** Paints contour plots: bands, lines, axes, the colour key, trajectories and marks. */
final class ContourPainter {
  static final int WIDTH = 640;
  static final int HEIGHT = 440;

  private static final int LEFT = 62;
  private static final int RIGHT = 540;
  private static final int BOTTOM = 392;
  private static final int KEY = 560;
  private static final int KEY_WIDTH = 16;
  private static final int LEVELS = 11;
  private static final double DOT = 4;
  private static final int ROW = 20;

  private final Contour contour;
  private final Place[] names;
  private final int top;
  private final double[] x;
  private final double[] y;
  private final ValueScale scale;
  private final double[] levels;

  ContourPainter(Contour contour) {
    this.contour = contour;
    names = places(contour.paths());
    top = names.length == 0 ? 38 : 56 + ROW * names[names.length - 1].row;
    x = contour.grid().x();
    y = contour.grid().y();
    scale = new ValueScale(contour.grid(), contour.logZ());
    levels = DoubleStream.of(scale.ticks(LEVELS)).filter(v -> v > scale.low()).toArray();
  }

  void paint(Graphics2D g) {
    g.setFont(Canvas.TITLE);
    g.setColor(Palette.INK);
    int room =
        (names.length == 0 ? RIGHT : WIDTH - 8) - LEFT; // else the key's name is on the next line
    g.drawString(Canvas.fitted(g, contour.title(), room), LEFT, 22);
    bands(g);
    axes(g);
    key(g);
    names(g);
    for (int i = 0; i < contour.paths().size(); i++) {
      walk(g, contour.paths().get(i), contour.paths().get(i).role().color(i));
    }
    contour.marks().forEach(mark -> mark(g, mark));
  }

  /** Each band is painted over those below it, so that no background shows between them. */
  private void bands(Graphics2D g) {
    var isobands = new Isobands(scaled());
    g.setStroke(new BasicStroke(0.6f));
    for (int i = -1; i < levels.length; i++) {
      double level = i < 0 ? Double.NEGATIVE_INFINITY : scale.scaled(levels[i]);
      var outlines = isobands.outlines(level);
      Color shade = shade(i);
      g.setColor(shade);
      g.fill(outline(outlines, false));
      g.setColor(line(shade));
      g.draw(outline(outlines, true));
    }
  }

  /** The colour between this level and the next. */
  private Color shade(int level) {
    return ColourMap.of((level + 1.0) / Math.max(1, levels.length));
  }

  private static Color line(Color shade) {
    double darker = 0.82;
    return new Color(
        (int) (shade.getRed() * darker),
        (int) (shade.getGreen() * darker),
        (int) (shade.getBlue() * darker));
  }

  private double[][] scaled() {
    return Arrays.stream(contour.grid().z())
        .map(row -> DoubleStream.of(row).map(scale::scaled).toArray())
        .toArray(double[][]::new);
  }

  private Shape outline(List<List<Isobands.Corner>> outlines, boolean linesAlone) {
    var path = new Path2D.Double(Path2D.WIND_EVEN_ODD);
    for (var outline : outlines) {
      Isobands.Corner before = outline.get(outline.size() - 1);
      boolean first = true;
      for (var corner : outline) {
        double atX = screenX(between(x, corner.column()));
        double atY = screenY(between(y, corner.row()));
        boolean pen = linesAlone ? before.crossing() && corner.crossing() : !first;
        if (pen && linesAlone && first) {
          path.moveTo(screenX(between(x, before.column())), screenY(between(y, before.row())));
        }
        if (pen) {
          path.lineTo(atX, atY);
        } else {
          path.moveTo(atX, atY);
        }
        before = corner;
        first = false;
      }
      if (!linesAlone) {
        path.closePath();
      }
    }
    return path;
  }

  private static double between(double[] places, double index) {
    int below = Math.min((int) index, places.length - 2);
    return places[below] + (index - below) * (places[below + 1] - places[below]);
  }

  private double screenX(double value) {
    return LEFT + (value - x[0]) / contour.grid().width() * (RIGHT - LEFT);
  }

  private double screenY(double value) {
    return BOTTOM - (value - y[0]) / contour.grid().height() * (BOTTOM - top);
  }

  private void axes(Graphics2D g) {
    g.setColor(Palette.FAINT_INK);
    g.setStroke(new BasicStroke(1));
    g.draw(new Rectangle2D.Double(LEFT, top, RIGHT - LEFT, BOTTOM - top));
    g.setFont(Canvas.SMALL);
    for (double tick : Ticks.linear(x[0], x[x.length - 1], 6)) {
      g.draw(new Line2D.Double(screenX(tick), BOTTOM, screenX(tick), BOTTOM + 4));
      centred(g, Ticks.text(tick), screenX(tick), BOTTOM + 17);
    }
    for (double tick : Ticks.linear(y[0], y[y.length - 1], 6)) {
      g.draw(new Line2D.Double(LEFT - 4, screenY(tick), LEFT, screenY(tick)));
      String text = Ticks.text(tick);
      g.drawString(
          text, LEFT - 7 - g.getFontMetrics().stringWidth(text), (float) screenY(tick) + 4);
    }
    g.setFont(Canvas.WORDS);
    g.setColor(Palette.INK);
    centred(g, contour.xLabel(), (LEFT + RIGHT) / 2.0, BOTTOM + 37);
    AffineTransform level = g.getTransform();
    g.rotate(-Math.PI / 2, 16, (top + BOTTOM) / 2.0);
    centred(g, contour.yLabel(), 16, (top + BOTTOM) / 2.0);
    g.setTransform(level);
  }

  private static void centred(Graphics2D g, String text, double x, double y) {
    g.drawString(text, (float) (x - g.getFontMetrics().stringWidth(text) / 2.0), (float) y);
  }

  /** A box per band, with the level between two bands beside their edge. */
  private void key(Graphics2D g) {
    double each = (double) (BOTTOM - top) / (levels.length + 1);
    g.setStroke(new BasicStroke(1));
    g.setFont(Canvas.SMALL);
    for (int i = -1; i < levels.length; i++) {
      double bottom = BOTTOM - (i + 1) * each;
      g.setColor(shade(i));
      g.fill(new Rectangle2D.Double(KEY, bottom - each, KEY_WIDTH, each));
      if (i >= 0) {
        g.setColor(Palette.FAINT_INK);
        g.draw(new Line2D.Double(KEY, bottom, KEY + KEY_WIDTH + 3, bottom));
        g.drawString(Ticks.text(levels[i]), KEY + KEY_WIDTH + 6, (float) bottom + 4);
      }
    }
    g.setColor(Palette.FAINT_INK);
    g.draw(new Rectangle2D.Double(KEY, top, KEY_WIDTH, BOTTOM - top));
    g.setColor(Palette.INK);
    g.setFont(Canvas.WORDS);
    g.drawString(Canvas.fitted(g, contour.zLabel(), WIDTH - KEY - 4), KEY, top - 10);
  }

  /** The names of the trajectories above the plot, in as many rows as needed. */
  private void names(Graphics2D g) {
    g.setFont(Canvas.WORDS);
    for (int i = 0; i < names.length; i++) {
      Contour.Path path = contour.paths().get(i);
      int row = top - 10 - ROW * (names[names.length - 1].row - names[i].row);
      g.setColor(path.role().color(i));
      g.setStroke(stroke(2.5f, path.role().dashed(i)));
      g.draw(new Line2D.Double(names[i].at, row - 4, names[i].at + 18, row - 4));
      g.setColor(Palette.INK);
      g.drawString(Canvas.fitted(g, path.name(), RIGHT - names[i].at - 23), names[i].at + 23, row);
    }
  }

  /** The position of a trajectory's name. */
  private record Place(int row, int at) {}

  private static Place[] places(List<Contour.Path> paths) {
    var flat = new FontRenderContext(null, true, true);
    Place[] places = new Place[paths.size()];
    int row = 0;
    int at = LEFT;
    for (int i = 0; i < places.length; i++) {
      int width = 23 + (int) Canvas.WORDS.getStringBounds(paths.get(i).name(), flat).getWidth();
      boolean isFull = at > LEFT && at + width > RIGHT;
      row = isFull ? row + 1 : row;
      at = isFull ? LEFT : at;
      places[i] = new Place(row, at);
      at += width + 16;
    }
    return places;
  }

  private static BasicStroke stroke(float width, boolean dashed) {
    return dashed
        ? new BasicStroke(
            width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {6, 3}, 0)
        : new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
  }

  /** The line over a paler one, so that it is visible on dark bands too. */
  private void walk(Graphics2D g, Contour.Path path, Color colour) {
    int steps = path.x().length;
    if (steps == 0) {
      return;
    }
    Shape line = inside(path);
    g.setColor(Palette.CARD);
    g.setStroke(stroke(4f, false));
    g.draw(line);
    g.setColor(colour);
    g.setStroke(stroke(2f, path.role().dashed(contour.paths().indexOf(path))));
    g.draw(line);
    dot(g, path.x()[0], path.y()[0], Palette.CARD, colour);
    dot(g, path.x()[steps - 1], path.y()[steps - 1], colour, Palette.CARD);
  }

  private void dot(Graphics2D g, double atX, double atY, Color fill, Color rim) {
    if (shows(atX, atY)) {
      var dot = new Ellipse2D.Double(screenX(atX) - DOT, screenY(atY) - DOT, 2 * DOT, 2 * DOT);
      g.setColor(fill);
      g.fill(dot);
      g.setColor(rim);
      g.setStroke(new BasicStroke(1.5f));
      g.draw(dot);
    }
  }

  private boolean shows(double atX, double atY) {
    return atX >= x[0] && atX <= x[x.length - 1] && atY >= y[0] && atY <= y[y.length - 1];
  }

  /** The parts of a trajectory inside the axes: clip paths of the file are not relied on. */
  private Shape inside(Contour.Path path) {
    var line = new Path2D.Double();
    boolean pen = false;
    for (int i = 1; i < path.x().length; i++) {
      double fromX = path.x()[i - 1];
      double fromY = path.y()[i - 1];
      double dx = path.x()[i] - fromX;
      double dy = path.y()[i] - fromY;
      // Liang–Barsky line clipping against the bounds of each axis.
      double[] part = {0, 1};
      clip(part, fromX, dx, x[0], x[x.length - 1]);
      clip(part, fromY, dy, y[0], y[y.length - 1]);
      if (part[0] > part[1]) {
        pen = false;
        continue;
      }
      if (!pen || part[0] > 0) {
        line.moveTo(screenX(fromX + part[0] * dx), screenY(fromY + part[0] * dy));
      }
      line.lineTo(screenX(fromX + part[1] * dx), screenY(fromY + part[1] * dy));
      pen = part[1] == 1;
    }
    return line;
  }

  private static void clip(double[] part, double from, double step, double low, double high) {
    if (step == 0) {
      if (from < low || from > high) {
        part[1] = -1;
      }
      return;
    }
    double a = (low - from) / step;
    double b = (high - from) / step;
    part[0] = Math.max(part[0], Math.min(a, b));
    part[1] = Math.min(part[1], Math.max(a, b));
  }

  private void mark(Graphics2D g, Curves.Mark mark) {
    if (!shows(mark.x(), mark.y())) {
      return;
    }
    double atX = screenX(mark.x());
    double atY = screenY(mark.y());
    g.setColor(Palette.INK);
    g.setStroke(new BasicStroke(2));
    g.draw(new Line2D.Double(atX - 5, atY, atX + 5, atY));
    g.draw(new Line2D.Double(atX, atY - 5, atX, atY + 5));
    g.setFont(Canvas.WORDS);
    int width = g.getFontMetrics().stringWidth(mark.text());
    double textX = atX + 9 + width < RIGHT ? atX + 9 : atX - 9 - width;
    g.drawString(mark.text(), (float) textX, (float) atY - 6);
  }
}
