package org.lossbook.plot;

import java.awt.Graphics2D;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.lossbook.base.Messages;
import org.lossbook.plot.canvas.NumberText;

/** Line charts as a figure: the drawing, its alt text, and its numbers as text. */
final class CurveFigure {
  static final int HEIGHT = 360;

  private static final int WIDTH = 640;
  private static final int MOST_IN_A_ROW = 2; // in less room names would leave none for the lines
  private static final String BARS = "▁▂▃▄▅▆▇█";
  private static final int MOST_BARS = 40;
  private static final int SHORT_NAME = 10;

  private CurveFigure() {}

  static Figure of(List<Curves> panels, int height) {
    return of(
        panels,
        height,
        panels.stream().map(CurveFigure::sentence).collect(Collectors.joining(" ")));
  }

  /** With the given alt text instead of where the lines begin and end. */
  static Figure of(List<Curves> panels, int height, String alt) {
    if (panels.isEmpty()) {
      throw new IllegalArgumentException(
          "beside expects one drawing or more but receives none: name what to draw.");
    }
    int columns = leaveAHole(panels) ? panels.size() : Math.min(MOST_IN_A_ROW, panels.size());
    int each = WIDTH / columns;
    int rows = (panels.size() + columns - 1) / columns;
    return Figure.drawing(
        WIDTH,
        rows * height,
        alt,
        panels.stream().map(CurveFigure::text).collect(Collectors.joining("\n")),
        g -> {
          for (int i = 0; i < panels.size(); i++) {
            Graphics2D place = (Graphics2D) g.create();
            place.translate(0, i / columns * height);
            new CurvePainter(panels.get(i)).paint(place, i % columns * each, each, height);
            place.dispose();
          }
        });
  }

  /** Three panels in rows of two do; they stand in one row where their names leave room. */
  private static boolean leaveAHole(List<Curves> panels) {
    return panels.size() == MOST_IN_A_ROW + 1
        && panels.stream()
            .flatMap(panel -> panel.series().stream())
            .allMatch(series -> series.name().length() <= SHORT_NAME);
  }

  /** {@code Loss: training falls from 0.17 to 0.02 over epoch 1 to 5.} */
  private static String sentence(Curves curves) {
    String lines =
        curves.lines().stream()
            .map(Curves.Line::series)
            .map(
                s ->
                    Messages.of(
                        "%s from %s to %s",
                        s.name(), NumberText.text(s.first()), NumberText.text(s.last())))
            .collect(Collectors.joining(", "));
    String title = curves.title().isEmpty() ? curves.yLabel() : curves.title();
    return Messages.of(
        "%s over %s: %s.", title, curves.xLabel(), lines.isEmpty() ? "no line" : lines);
  }

  /**
   * The title, and for each line a sparkline of block characters between its first and last number.
   */
  private static String text(Curves curves) {
    int longest = curves.series().stream().mapToInt(s -> s.name().length()).max().orElse(1);
    return curves.lines().stream()
        .map(Curves.Line::series)
        .map(
            s ->
                Messages.of(
                    "%s%s %s %s %s",
                    s.name(),
                    " ".repeat(longest - s.name().length()),
                    NumberText.text(s.first()),
                    bars(s),
                    NumberText.text(s.last())))
        .collect(
            Collectors.joining(
                "\n  ", Messages.of("%s over %s\n  ", curves.yLabel(), curves.xLabel()), ""));
  }

  private static String bars(Series series) {
    double[] y = series.thinned(MOST_BARS).y();
    var range = DoubleStream.of(y).filter(Double::isFinite).summaryStatistics();
    double step = (range.getMax() - range.getMin()) / (BARS.length() - 1);
    return DoubleStream.of(y)
        .mapToObj(
            v -> {
              long level = step == 0 ? 0 : Math.round((v - range.getMin()) / step);
              return Double.isNaN(v) ? " " : BARS.substring((int) level, (int) level + 1);
            })
        .collect(Collectors.joining());
  }
}
