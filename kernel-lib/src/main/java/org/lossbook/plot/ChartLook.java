package org.lossbook.plot;

import java.awt.BasicStroke;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.XYStyler;
import org.lossbook.plot.Curves.Line;

/** How XChart's figures look here: on the card, in the palette, with quiet axes. */
final class ChartLook {
  private ChartLook() {}

  static void apply(XYStyler styler, Curves curves, List<Line> lines) {
    styler
        .setChartBackgroundColor(Role.CARD)
        .setChartTitleFont(Canvas.TITLE)
        .setChartFontColor(Role.INK)
        .setChartTitleVisible(!curves.title().isEmpty())
        .setChartTitleBoxVisible(false)
        .setLegendVisible(false)
        .setPlotBackgroundColor(Role.CARD)
        .setPlotBorderVisible(false);
    axes(styler);
    styler.setLocale(Locale.ROOT);
    styler.setYAxisLogarithmic(curves.logY());
    if (curves.logY()) {
      styler.setyAxisTickLabelsFormattingFunction(Ticks::text); // a rate of 1e-05 is not 0
    }
    if (curves.shares()) {
      styler.setYAxisMin(0.0).setYAxisMax(1.0);
    }
    wholeSteps(styler, lines);
  }

  private static void axes(AxesChartStyler styler) {
    styler
        .setAxisTitleFont(Canvas.WORDS)
        .setAxisTickLabelsFont(Canvas.SMALL)
        .setAxisTickLabelsColor(Role.FAINT_INK)
        .setAxisTickMarksColor(Role.GRID)
        .setPlotGridLinesColor(Role.GRID)
        .setPlotGridLinesStroke(new BasicStroke(1))
        .setPlotGridVerticalLinesVisible(false)
        .setXAxisDecimalPattern("#,##0.####")
        .setYAxisDecimalPattern("#,##0.####")
        .setXAxisTickMarkSpacingHint(80)
        .setYAxisTickMarkSpacingHint(40);
  }

  /** Epochs are counted: an axis of a few whole numbers has a tick at each and none between. */
  private static void wholeSteps(AxesChartStyler styler, List<Line> lines) {
    double low = over(lines, s -> DoubleStream.of(s.x()).min().orElse(0)).min().orElse(0);
    double high = over(lines, s -> DoubleStream.of(s.x()).max().orElse(0)).max().orElse(0);
    if (low == high) {
      styler.setXAxisMin(low - 1).setXAxisMax(high + 1);
    }
  }

  private static DoubleStream over(List<Line> lines, ToDoubleFunction<Series> number) {
    return lines.stream().map(Line::series).mapToDouble(number);
  }
}
