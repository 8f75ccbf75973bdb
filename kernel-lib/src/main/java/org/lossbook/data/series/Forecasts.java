package org.lossbook.data.series;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.lossbook.base.Figures;
import org.lossbook.base.Messages;
import org.lossbook.config.Require;
import org.lossbook.data.Values;
import org.lossbook.notebook.Renderable;
import org.lossbook.notebook.TextTable;
import org.lossbook.notebook.TextTable.Column;
import org.lossbook.plot.Chart;
import org.lossbook.plot.Figure;

/**
 * Forecasts of the same test windows beside each other, in the series' unit: the simple ones that
 * any model has to beat, and yours. A cell that ends with it shows a table.
 *
 * <ul>
 *   <li>{@link #naive()}: the last known number, \(\hat y_{t+h} = y_t\).
 *   <li>{@link #seasonal(int)}: the last known number at the same place of the season of m steps,
 *       \(\hat y_{t+h} = y_{t+h-km}\) with the smallest k for which that is known.
 *   <li>{@link #mean()}: the mean of the training part.
 * </ul>
 *
 * <p>MAE and RMSE are the mean absolute and the root mean squared error over all windows and steps.
 * MASE is the MAE divided by that of the naive forecast one step ahead over the training part,
 * \(\frac{1}{n-1}\sum_{t=2}^{n}|y_t - y_{t-1}|\): below 1 the forecast is better than that (Hyndman
 * and Koehler 2006, <i>Another look at measures of forecast accuracy</i>).
 *
 * <pre>{@code
 * var test = windows(co2(), 24).split(0.9).test();
 * forecasts(test).naive().seasonal(12).mae("naive")       // 1.12
 * forecasts(test).naive().seasonal(12).mae("seasonal 12") // 1.754
 * forecasts(test).naive().with("perfect", test.y()).plot()
 * }</pre>
 */
public final class Forecasts implements Renderable {
  private final Windows windows;
  private final List<Forecast> all;

  /** The numbers of one of them, window by window, in the series' unit. */
  private record Forecast(String name, double[] values) {}

  private Forecasts(Windows windows, List<Forecast> all) {
    this.windows = windows;
    this.all = all;
  }

  /**
   * No forecast yet.
   *
   * @param test windows with a past: {@code split(0.8).test()}
   */
  public static Forecasts of(Windows test) {
    Require.given(
        test, "forecasts", "test windows", "windows(series, 24).split(0.8).test() is some");
    if (test.firstStep() < 2) {
      throw Messages.wrong(
          "forecasts expects windows with a training part before them but receives %s from the beginning of the series: give it windows(…).split(0.8).test().",
          test);
    }
    return new Forecasts(test, List.of());
  }

  /** Adds the last known number. */
  public Forecasts naive() {
    return filled("naive", (window, ahead) -> windows.valueAt(windows.targetStep(window, -1)));
  }

  /**
   * Adds the number at the same place of the last known season.
   *
   * @param period the steps of a season: 12 for months, 7 for days
   * @throws IllegalArgumentException if the series does not reach back that far
   */
  public Forecasts seasonal(int period) {
    int first = windows.targetStep(0, 0);
    if (period < 1 || period > first) {
      throw Messages.wrong(
          "seasonal expects a period of 1 to %d steps, which are known before the first forecast, but receives %d: 12 is a year of months.",
          first, period);
    }
    return filled(
        "seasonal " + period,
        (window, ahead) ->
            windows.valueAt(windows.targetStep(window, ahead) - period * (1 + ahead / period)));
  }

  /** Adds the mean of the training part. */
  public Forecasts mean() {
    double sum = 0;
    for (int t = 0; t < windows.firstStep(); t++) {
      sum += windows.valueAt(t);
    }
    double mean = sum / windows.firstStep();
    return filled("mean", (window, ahead) -> mean);
  }

  /**
   * Adds predictions of yours: those of standardized windows are turned back into the series' unit.
   *
   * @param predictions one number for each window and step ahead, as {@code
   *     model.predict(test.x())} gives them
   */
  public Forecasts with(String name, Object predictions) {
    Require.given(name, "with", "the name of a forecast");
    Values given = Values.of("with", predictions).finite("with", "the predictions");
    if (given.size() != windows.size() * windows.horizon()) {
      throw Messages.wrong(
          "with expects %d predictions, %d for each of %d windows, but receives %d: give it model.predict(test.x()).",
          windows.size() * windows.horizon(), windows.horizon(), windows.size(), given.size());
    }
    return with(new Forecast(name, windows.restored(given).toDoubles()));
  }

  private interface Guess {
    double of(int window, int ahead);
  }

  private Forecasts filled(String name, Guess guess) {
    int horizon = windows.horizon();
    double[] values = new double[windows.size() * horizon];
    for (int i = 0; i < values.length; i++) {
      values[i] = guess.of(i / horizon, i % horizon);
    }
    return with(new Forecast(name, values));
  }

  private Forecasts with(Forecast another) {
    if (all.stream().anyMatch(each -> each.name().equals(another.name()))) {
      throw Messages.wrong(
          "forecasts expects each name once but receives \"%s\" twice: give the second another name.",
          another.name());
    }
    List<Forecast> more = new ArrayList<>(all);
    more.add(another);
    return new Forecasts(windows, List.copyOf(more));
  }

  private Forecast named(String name) {
    return all.stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                Messages.wrong(
                    "forecasts expects one of the names %s but receives \"%s\": use one of them.",
                    all.stream().map(Forecast::name).collect(Collectors.joining(", ")), name));
  }

  /** The numbers of the forecast of that name, {@code [windows, horizon]}. */
  public Values values(String name) {
    return Values.of(named(name).values(), windows.size(), windows.horizon());
  }

  /** Its mean absolute error. */
  public double mae(String name) {
    double[] errors = errors(named(name));
    return Arrays.stream(errors).map(Math::abs).average().orElseThrow();
  }

  /** The square root of its mean squared error. */
  public double rmse(String name) {
    double[] errors = errors(named(name));
    return Math.sqrt(Arrays.stream(errors).map(e -> e * e).average().orElseThrow());
  }

  /** Its mean absolute scaled error: below 1 it beats the naive forecast of the training part. */
  public double mase(String name) {
    double steps = 0;
    int past = windows.firstStep();
    for (int t = 1; t < past; t++) {
      steps += Math.abs(windows.valueAt(t) - windows.valueAt(t - 1));
    }
    return mae(name) / (steps / (past - 1));
  }

  private double[] errors(Forecast forecast) {
    double[] errors = new double[forecast.values().length];
    for (int i = 0; i < errors.length; i++) {
      errors[i] = forecast.values()[i] - truth(i);
    }
    return errors;
  }

  private double truth(int index) {
    int horizon = windows.horizon();
    return windows.valueAt(windows.targetStep(index / horizon, index % horizon));
  }

  /** The truth and each forecast over time; of several steps ahead the last. */
  public Figure plot() {
    TimeSeries series = windows.series();
    int ahead = windows.horizon() - 1;
    int n = windows.size();
    double[] times = new double[n];
    double[] truth = new double[n];
    for (int i = 0; i < n; i++) {
      times[i] = series.time(windows.targetStep(i, ahead));
      truth[i] = windows.valueAt(windows.targetStep(i, ahead));
    }
    String title = ahead == 0 ? "One step ahead" : Messages.of("%d steps ahead", windows.horizon());
    Chart chart =
        Chart.of(title).x(series.timeLabel()).y(series.unit()).line("truth", times, truth);
    for (Forecast each : all) {
      double[] last = new double[n];
      for (int i = 0; i < n; i++) {
        last[i] = each.values()[i * windows.horizon() + ahead];
      }
      chart = chart.line(each.name(), times, last);
    }
    return chart.figure();
  }

  private TextTable table() {
    return new TextTable(
        "",
        List.of(
            Column.words("forecast"),
            Column.numbers("MAE"),
            Column.numbers("RMSE"),
            Column.numbers("MASE")),
        all.stream()
            .map(Forecast::name)
            .map(
                name ->
                    List.of(
                        name,
                        Figures.text(mae(name)),
                        Figures.text(rmse(name)),
                        Figures.text(mase(name))))
            .toList(),
        List.of());
  }

  @Override
  public Map<String, String> mimeBundle() {
    return table().mimeBundle();
  }

  /** A line for each forecast with its MAE, RMSE and MASE. */
  @Override
  public String toString() {
    return table().toString();
  }
}
