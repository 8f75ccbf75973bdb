package org.lossbook.plot.canvas;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import java.util.stream.DoubleStream;
import org.lossbook.Internal;

/**
 * Axis ticks: round numbers in steps of 1, 2 or 5 times a power of ten, or powers of ten.
 *
 * @hidden
 */
@Internal
public final class Ticks {
  private static final double[][] WITHIN_A_DECADE = {{1}, {1, 3}, {1, 2, 5}, {1, 1.5, 2, 3, 5, 7}};

  private static final int MOST = 1000;

  private Ticks() {}

  /** About {@code count} round numbers from {@code low} to {@code high}. */
  public static double[] linear(double low, double high, int count) {
    double rough = (high - low) / Math.max(1, count);
    if (!(rough > 0) || Double.isInfinite(rough)) {
      return new double[] {low};
    }
    double decade = Math.pow(10, Math.floor(Math.log10(rough)));
    double times = rough / decade;
    double step = decade * (times <= 1.4 ? 1 : times <= 3.2 ? 2 : times <= 7.1 ? 5 : 10);
    long first = (long) Math.ceil(low / step - 1e-9);
    long last = (long) Math.floor(high / step + 1e-9);
    if (last - first > MOST || Math.abs(first) > 1L << 52 || Math.abs(last) > 1L << 52) {
      return new double[] {
        low
      }; // numbers so close, or so large, that adding a step changes nothing
    }
    return DoubleStream.iterate(first, i -> i <= last, i -> i + 1)
        .map(i -> i * step + 0.0) // no negative zero
        .toArray();
  }

  /** About {@code count} round positive numbers, about evenly spaced on a logarithmic axis. */
  public static double[] logarithmic(double low, double high, int count) {
    int first = (int) Math.floor(Math.log10(low));
    int last = (int) Math.ceil(Math.log10(high));
    int every = Math.max(1, (last - first + count - 1) / count);
    double[] best = decades(first, last, every, WITHIN_A_DECADE[0], low, high);
    for (int i = 1; i < WITHIN_A_DECADE.length && 4 * best.length < 3 * count; i++) {
      best = decades(first, last, 1, WITHIN_A_DECADE[i], low, high);
    }
    return best.length < 3 ? linear(low, high, count) : best;
  }

  private static double[] decades(
      int first, int last, int every, double[] within, double low, double high) {
    return DoubleStream.iterate(first, d -> d <= last, d -> d + every)
        .flatMap(d -> DoubleStream.of(within).map(m -> m * Math.pow(10, d)))
        .filter(v -> v >= low * (1 - 1e-9) && v <= high * (1 + 1e-9))
        .toArray();
  }

  /** {@code 0.25}, {@code 1,000}, {@code 2e-06}. */
  public static String text(double tick) {
    double size = Math.abs(tick);
    boolean plain = size == 0 || size >= 1e-4 && size < 1e6;
    var pattern = plain ? "#,##0.#####" : "0.###E0";
    return new DecimalFormat(pattern, DecimalFormatSymbols.getInstance(Locale.ROOT))
        .format(tick)
        .replace("E", "e");
  }
}
