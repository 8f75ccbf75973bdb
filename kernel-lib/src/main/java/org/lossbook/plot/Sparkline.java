package org.lossbook.plot;

import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import org.lossbook.base.Messages;
import org.lossbook.notebook.Markup;
import org.lossbook.plot.Curves.Line;
import org.lossbook.plot.canvas.NumberText;
import org.lossbook.plot.canvas.Palette;

/**
 * Sparklines side by side, written directly as SVG: a live display draws them several times a
 * second, and a charting library would take longer than a training step.
 */
final class Sparkline {
  static final int HEIGHT = 150;

  private static final int TOP = 24;
  private static final int BOTTOM = 20;
  private static final int LEFT = 44;
  private static final int RIGHT = 106;
  private static final int LABEL = 11;
  private static final int STROKE = 2;

  /** In heights of the panel: what lies farther outside is drawn there, out of sight. */
  private static final int FAR = 100;

  /** A line of fewer points is drawn in full. */
  private static final int MANY = 30;

  private final StringBuilder svg = new StringBuilder(8192);

  private Sparkline() {}

  static String svg(List<Curves> panels, int width) {
    var drawing = new Sparkline();
    drawing.svg.append(
        Messages.of(
            """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" \
        font-family="sans-serif" font-size="%d"><rect width="100%%" height="100%%" rx="6" \
        fill="%s"/>\
        """,
            width, HEIGHT, width, HEIGHT, LABEL, Palette.hex(Palette.CARD)));
    int each = width / panels.size();
    for (int i = 0; i < panels.size(); i++) {
      drawing.panel(panels.get(i), i * each, each);
    }
    return drawing.svg.append("</svg>").toString();
  }

  private void panel(Curves curves, int at, int width) {
    List<Line> lines = curves.lines();
    var frame = Frame.of(lines, curves.logY(), at + LEFT, at + width - RIGHT, TOP, HEIGHT - BOTTOM);
    cut(frame);
    String ink = Palette.hex(Palette.INK);
    text(at + LEFT, TOP - 9, "start", ink, curves.heading());
    for (double level : new double[] {frame.low, frame.high}) {
      double y = frame.y(level);
      line(frame.left, y, frame.right, Palette.hex(Palette.GRID));
      text(frame.left - 4, y + 4, "end", Palette.hex(Palette.FAINT_INK), NumberText.text(level));
    }
    String faint = Palette.hex(Palette.FAINT_INK);
    text((frame.left + frame.right) / 2, HEIGHT - 6, "middle", faint, curves.xLabel());
    double free = Double.NEGATIVE_INFINITY;
    var fromTheTop = Comparator.comparingDouble((Line line) -> frame.y(line.series().last()));
    for (Line line : lines.stream().sorted(fromTheTop).toList()) {
      polyline(line, frame);
      double y = Math.max(frame.y(line.series().last()) + 4, free + LABEL + 1);
      text(
          frame.right + 5,
          y,
          "start",
          Palette.hex(Palette.words(line.hex())),
          line.series().name());
      free = y;
    }
  }

  /**
   * What lies outside the range is cut off there: drawn along the edge, a steep fall looks flat.
   */
  private void cut(Frame frame) {
    svg.append("<clipPath id=\"").append(frame.id()).append("\"><path d=\"M");
    decimal(svg, frame.left - STROKE).append(' ');
    decimal(svg, frame.top - STROKE).append('H');
    decimal(svg, frame.right + STROKE).append('V');
    decimal(svg, frame.bottom + STROKE).append('H');
    decimal(svg, frame.left - STROKE).append("z\"/></clipPath>");
  }

  private void polyline(Line line, Frame frame) {
    var points = new StringBuilder();
    double lastX = 0;
    double lastY = 0;
    Series series = line.series();
    for (int i = 0; i < series.x().length; i++) {
      double value = series.y()[i];
      if (Double.isFinite(value)) {
        lastX = frame.x(series.x()[i]);
        lastY = frame.y(value);
        decimal(points, lastX).append(',');
        decimal(points, lastY).append(' ');
      }
    }
    svg.append("<polyline clip-path=\"url(#").append(frame.id()).append(")\" fill=\"none\"");
    svg.append(" stroke=\"").append(line.hex()).append('"');
    svg.append(line.dashed() ? " stroke-dasharray=\"5 3\"" : "");
    svg.append(" stroke-width=\"").append(STROKE).append("\" points=\"").append(points);
    svg.append("\"/><circle r=\"2.5\" fill=\"").append(line.hex()).append("\" cx=\"");
    decimal(svg, lastX).append("\" cy=\"");
    decimal(svg, lastY).append("\"/>");
  }

  private void line(double fromX, double y, double toX, String colour) {
    svg.append("<path d=\"M");
    decimal(svg, fromX).append(' ');
    decimal(svg, y).append('H');
    decimal(svg, toX).append("\" stroke=\"").append(colour).append("\"/>");
  }

  private void text(double x, double y, String anchor, String colour, String text) {
    svg.append("<text text-anchor=\"").append(anchor).append("\" fill=\"").append(colour);
    decimal(svg.append("\" x=\""), x);
    decimal(svg.append("\" y=\""), y);
    svg.append("\">").append(Markup.attribute(text)).append("</text>");
  }

  /**
   * One decimal, a tenth of a pixel; without a formatter, which would cost more than all the rest.
   */
  private static StringBuilder decimal(StringBuilder into, double value) {
    long tenths = Math.round(value * 10);
    long size = Math.abs(tenths);
    return into.append(tenths < 0 ? "-" : "").append(size / 10).append('.').append(size % 10);
  }

  /** Where numbers are on the panel. */
  private record Frame(
      double left,
      double right,
      double top,
      double bottom,
      double first,
      double last,
      double low,
      double high,
      boolean log) {

    static Frame of(
        List<Line> lines, boolean log, double left, double right, double top, double bottom) {
      var across = new DoubleSummaryStatistics();
      var up = new DoubleSummaryStatistics();
      for (Line line : lines) {
        Series series = line.series();
        // The first values would flatten everything after them: a long line's range is that of
        // its last nine tenths.
        int settled = series.x().length < MANY ? 0 : series.x().length / 10;
        for (int i = 0; i < series.x().length; i++) {
          across.accept(series.x()[i]);
          if (i >= settled && Double.isFinite(series.y()[i])) {
            up.accept(series.y()[i]);
          }
        }
      }
      double room = up.getMax() > up.getMin() ? 0 : Math.max(1e-3, Math.abs(up.getMax()) * 0.1);
      double low = log ? up.getMin() : up.getMin() - room;
      double high = up.getMax() + room;
      return new Frame(left, right, top, bottom, across.getMin(), across.getMax(), low, high, log);
    }

    /** Unique in its drawing: each panel begins elsewhere. */
    String id() {
      return "from" + Math.round(left);
    }

    double x(double value) {
      return last > first ? left + (value - first) / (last - first) * (right - left) : left;
    }

    double y(double value) {
      double part =
          log ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
      return bottom - Math.max(-FAR, Math.min(FAR, part)) * (bottom - top);
    }
  }
}
