package org.lossbook.plot;

import java.awt.BasicStroke;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.XYStyler;
import org.lossbook.plot.Curves.Line;
import org.lossbook.plot.Series.Look;
import org.lossbook.plot.canvas.Canvas;
import org.lossbook.plot.canvas.Palette;
import org.lossbook.plot.canvas.Ticks;

/** The style of XChart's figures: a light card, the palette, unobtrusive axes. */
final class ChartStyle {
  private static final int MOST_COUNTED = 12;
  private static final int NARROW = 400;
  private static final int CLOSE = 40;
  private static final String NUMBERS = "#,##0.####";

  private ChartStyle() {}

  static void apply(XYStyler styler, Curves curves, List<Line> lines, int width) {
    card(styler);
    if (width < NARROW) {
      styler.setXAxisTickMarkSpacingHint(CLOSE); // of the usual ones, one would be left
    }
    styler.setChartTitleVisible(!curves.title().isEmpty()).setLegendVisible(false);
    styler.setYAxisLogarithmic(curves.logY());
    if (curves.logY()) {
      styler.setyAxisTickLabelsFormattingFunction(Ticks::text); // a rate of 1e-05 is not 0
    }
    if (curves.scale().isGiven()) {
      styler.setYAxisMin(curves.scale().low()).setYAxisMax(curves.scale().high());
    }
    boolean isYears = curves.xLabel().equals("year"); // 1,958 is no year
    styler.setXAxisDecimalPattern(isYears ? "0.####" : NUMBERS);
    wholeSteps(styler, lines);
  }

  /** The card and its axes. */
  static void card(AxesChartStyler styler) {
    styler
        .setChartBackgroundColor(Palette.CARD)
        .setChartTitleFont(Canvas.TITLE)
        .setChartFontColor(Palette.INK)
        .setChartTitleBoxVisible(false)
        .setPlotBackgroundColor(Palette.CARD)
        .setPlotBorderVisible(false);
    styler.setLocale(Locale.ROOT);
    styler
        .setAxisTitleFont(Canvas.WORDS)
        .setAxisTickLabelsFont(Canvas.SMALL)
        .setAxisTickLabelsColor(Palette.FAINT_INK)
        .setAxisTickMarksColor(Palette.GRID)
        .setPlotGridLinesColor(Palette.GRID)
        .setPlotGridLinesStroke(new BasicStroke(1))
        .setPlotGridVerticalLinesVisible(false)
        .setXAxisDecimalPattern(NUMBERS)
        .setYAxisDecimalPattern(NUMBERS)
        .setXAxisTickMarkSpacingHint(80)
        .setYAxisTickMarkSpacingHint(40);
  }

  /** Epochs are integers: an axis of a few of them has a tick at each and none between. */
  private static void wholeSteps(AxesChartStyler styler, List<Line> lines) {
    double low = over(lines, s -> s.horizontally()[0]).min().orElse(0);
    double high = over(lines, s -> s.horizontally()[1]).max().orElse(0);
    boolean havePoints = lines.stream().anyMatch(line -> line.series().look() == Look.POINTS);
    if (low == high) {
      styler.setXAxisMin(low - 1).setXAxisMax(high + 1);
    } else if (havePoints && !isCounted(lines)) {
      double room = 0.05 * (high - low); // a point on the axis would be cut in half
      styler.setXAxisMin(low - room).setXAxisMax(high + room);
    }
  }

  /**
   * Integer positions of points, and one more on either side: XChart puts ticks on equally spaced
   * points. Empty where its own ticks are fine.
   */
  static double[] counted(List<Line> lines) {
    boolean havePoints = lines.stream().anyMatch(line -> line.series().look() == Look.POINTS);
    if (!havePoints || !isCounted(lines)) {
      return new double[0];
    }
    double high = over(lines, s -> s.horizontally()[1]).max().orElse(0);
    double low = over(lines, s -> s.horizontally()[0]).min().orElse(0);
    return DoubleStream.iterate(low - 1, x -> x <= high + 1, x -> x + 1).toArray();
  }

  /** Whether all positions are integers, and few enough for a tick at each. */
  private static boolean isCounted(List<Line> lines) {
    var places = lines.stream().flatMapToDouble(line -> DoubleStream.of(line.series().x()));
    var range = over(lines, s -> s.horizontally()[1]).max().orElse(0);
    return places.allMatch(x -> x == Math.rint(x))
        && range - over(lines, s -> s.horizontally()[0]).min().orElse(0) <= MOST_COUNTED;
  }

  private static DoubleStream over(List<Line> lines, ToDoubleFunction<Series> number) {
    return lines.stream().map(Line::series).mapToDouble(number);
  }
}
