package org.lossbook.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.util.stream.IntStream;
import org.lossbook.plot.canvas.Canvas;
import org.lossbook.plot.canvas.ColourMap;
import org.lossbook.plot.canvas.Palette;
import org.lossbook.plot.canvas.Ticks;

/** Paints parallel coordinates plots: axes with their numbers, and lines across them. */
final class ParallelCoordinatesPainter {
  static final int WIDTH = 640;
  static final int HEIGHT = 340;

  private static final int TOP = 56;
  private static final int BOTTOM = 312;
  private static final int SIDE = 62;
  private static final int TICKS = 6;
  private static final double SPREAD = 0.28;
  private static final float[] DOTS = {2, 4};

  private final ParallelCoordinates lines;
  private final int places;
  private final int[] order;
  private final double[][] heights;

  ParallelCoordinatesPainter(ParallelCoordinates lines) {
    this.lines = lines;
    places = lines.axes().size();
    order = lines.order();
    heights = IntStream.rangeClosed(0, places).mapToObj(this::heights).toArray(double[][]::new);
  }

  void paint(Graphics2D g) {
    int without = (int) IntStream.of(order).filter(line -> !lines.hasResult(line)).count();
    for (int i = 0; i < order.length; i++) {
      int others = order.length - without - 1;
      line(g, order[i], others == 0 ? 1 : (double) (i - without) / others);
    }
    for (int place = 0; place <= places; place++) {
      axis(g, place);
    }
  }

  private ParallelCoordinates.Axis axis(int place) {
    return place == places ? lines.result() : lines.axes().get(place);
  }

  private double x(int place) {
    return SIDE + (double) place * (WIDTH - 2 * SIDE) / places;
  }

  private static double y(double share) {
    return BOTTOM - share * (BOTTOM - TOP);
  }

  /** Where each line crosses an axis; lines of the same category are spread side by side. */
  private double[] heights(int place) {
    ParallelCoordinates.Axis axis = axis(place);
    double[] heights = new double[order.length];
    for (int line = 0; line < order.length; line++) {
      heights[line] = y(axis.share(axis.values()[line]));
    }
    double band = Math.min(0.25, 1.0 / Math.max(1, axis.words().size() - 1));
    for (int word = 0; word < axis.words().size(); word++) {
      double value = word;
      int[] same = IntStream.of(order).filter(line -> axis.values()[line] == value).toArray();
      for (int i = 0; i < same.length && same.length > 1; i++) {
        double off = i / (same.length - 1.0) - 0.5;
        heights[same[i]] -= off * 2 * SPREAD * band * (BOTTOM - TOP);
      }
    }
    return heights;
  }

  /**
   * @param goodness 1 for the best line, 0 for the worst with a result
   */
  private void line(Graphics2D g, int line, double goodness) {
    boolean without = !lines.hasResult(line);
    var path = new Path2D.Double();
    int last = without ? places - 1 : places;
    for (int place = 0; place <= last; place++) {
      if (place == 0) {
        path.moveTo(x(place), heights[place][line]);
      } else {
        path.lineTo(x(place), heights[place][line]);
      }
    }
    if (without) {
      path.lineTo(x(last) + 14, heights[last][line]);
    }
    boolean coloured = goodness == 1 && !without;
    Color colour =
        coloured
            ? Role.VALIDATION.color(0)
            : without ? Palette.FAINT_INK : ColourMap.of(0.3 + 0.7 * goodness);
    g.setColor(colour);
    g.setStroke(
        without
            ? new BasicStroke(1, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, DOTS, 0)
            : new BasicStroke(coloured ? 3f : 1.5f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    g.draw(path);
    if (coloured) {
      for (int place = 0; place <= last; place++) {
        g.fill(new Ellipse2D.Double(x(place) - 4, heights[place][line] - 4, 8, 8));
      }
    }
    if (without) {
      cross(g, x(last) + 18, heights[last][line]);
    }
  }

  private static void cross(Graphics2D g, double x, double y) {
    g.setStroke(new BasicStroke(1.5f));
    g.draw(new Line2D.Double(x - 3, y - 3, x + 3, y + 3));
    g.draw(new Line2D.Double(x - 3, y + 3, x + 3, y - 3));
  }

  private void axis(Graphics2D g, int place) {
    ParallelCoordinates.Axis axis = axis(place);
    double x = x(place);
    g.setColor(Palette.FAINT_INK);
    g.setStroke(new BasicStroke(1));
    g.draw(new Line2D.Double(x, TOP - 8, x, BOTTOM + 8));
    if (axis.words().isEmpty()) {
      double[] ticks =
          axis.low() == axis.high()
              ? new double[] {axis.low()}
              : axis.logarithmic()
                  ? Ticks.logarithmic(axis.low(), axis.high(), TICKS)
                  : Ticks.linear(axis.low(), axis.high(), TICKS);
      for (double tick : ticks) {
        tick(g, place, y(axis.share(tick)), Ticks.text(tick));
      }
    } else {
      for (int i = 0; i < axis.words().size(); i++) {
        tick(g, place, y(axis.share(i)), axis.words().get(i));
      }
    }
    name(g, place, axis.name());
  }

  /** To the left of its axis, on a small background so that lines do not cross it. */
  private void tick(Graphics2D g, int place, double y, String text) {
    g.setFont(Canvas.SMALL);
    int room = (int) (place == 0 ? x(0) - 8 : Math.min(120, (x(1) - x(0)) * 0.8));
    boolean right = place == places;
    String fitted = Canvas.fitted(g, text, right ? SIDE - 10 : room);
    int width = g.getFontMetrics().stringWidth(fitted);
    double left = right ? x(place) + 7 : x(place) - 7 - width;
    g.setColor(
        new Color(Palette.CARD.getRed(), Palette.CARD.getGreen(), Palette.CARD.getBlue(), 205));
    g.fillRect((int) left - 2, (int) y - 7, width + 4, 14);
    g.setColor(Palette.FAINT_INK);
    g.draw(new Line2D.Double(x(place) - 3, y, x(place) + 3, y));
    g.setColor(Palette.INK);
    g.drawString(fitted, (float) left, (float) y + 4);
  }

  private void name(Graphics2D g, int place, String name) {
    g.setFont(Canvas.WORDS);
    g.setColor(Palette.INK);
    int room = (int) (x(1) - x(0)) - 8;
    String fitted = Canvas.fitted(g, name, Math.max(room, 2 * SIDE - 8));
    int width = g.getFontMetrics().stringWidth(fitted);
    double left = Math.max(4, Math.min(WIDTH - 4.0 - width, x(place) - width / 2.0));
    g.drawString(fitted, (float) left, 22);
    if (place == places) {
      g.setFont(Canvas.SMALL);
      g.setColor(Palette.FAINT_INK);
      String way = lines.rising() ? "more is better" : "less is better";
      int wide = g.getFontMetrics().stringWidth(way);
      g.drawString(way, (float) Math.min(WIDTH - 4.0 - wide, x(place) - wide / 2.0), 37);
    }
  }
}
