package org.lossbook.plot;

import java.util.stream.DoubleStream;
import org.lossbook.plot.canvas.Ticks;

/** A linear or logarithmic scale over the range of a grid's values. */
final class ValueScale {
  private static final double DECADES = 8; // smaller values look alike

  private final boolean log;
  private final double low;
  private final double high;

  ValueScale(Grid grid, boolean wantsLog) {
    var range = grid.finite().summaryStatistics();
    boolean empty = range.getCount() == 0;
    high = empty ? 1 : range.getMax();
    double positive = grid.finite().filter(v -> v > 0).min().orElse(0);
    log = wantsLog && positive > 0;
    low = empty ? 0 : log ? Math.max(positive, high * Math.pow(10, -DECADES)) : range.getMin();
  }

  double low() {
    return low;
  }

  double high() {
    return high;
  }

  /** Ticks in the range. */
  double[] ticks(int count) {
    double[] ticks = log ? Ticks.logarithmic(low, high, count) : Ticks.linear(low, high, count);
    return DoubleStream.of(ticks).filter(v -> v >= low && v <= high).toArray();
  }

  /** The value on the scale: itself or its logarithm. */
  double scaled(double value) {
    return !log || !Double.isFinite(value) ? value : Math.log10(Math.max(value, low));
  }

  /** The position of a value in the range, from 0 to 1; 0.5 where all are equal. */
  double share(double value) {
    double bottom = scaled(low);
    double top = scaled(high);
    return top == bottom ? 0.5 : (scaled(value) - bottom) / (top - bottom);
  }
}
