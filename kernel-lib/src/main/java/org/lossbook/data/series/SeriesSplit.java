package org.lossbook.data.series;

import java.util.Optional;
import org.lossbook.base.Messages;
import org.lossbook.plot.Chart;
import org.lossbook.plot.Figure;

/**
 * Windows split in time: the past to train on, what comes after it to test on, and, if asked for, a
 * part for the validation between the two.
 *
 * <pre>{@code
 * var data = windows(sunspots(), 22).standardized().split(0.8, 0.1);
 * var model = sequential(input(22, 1), flatten(), dense(1)).compile(adam(), mse());
 * model.fit(data.train(), epochs(5).validation(data.validation()).quiet())
 * forecasts(data.test()).naive().with("model", model.predict(data.test().x()))
 * }</pre>
 */
public final class SeriesSplit {
  private final Windows train;
  private final Optional<Windows> validation;
  private final Windows test;

  private SeriesSplit(Windows train, Optional<Windows> validation, Windows test) {
    this.train = train;
    this.validation = validation;
    this.test = test;
  }

  static SeriesSplit of(Windows train, Optional<Windows> validation, Windows test) {
    return new SeriesSplit(train, validation, test);
  }

  /** The windows of the past. */
  public Windows train() {
    return train;
  }

  /** The windows between the past and the test. */
  public Windows validation() {
    return validation.orElseThrow(
        () ->
            Messages.wrong(
                "validation expects a split into three parts but receives one into two: write split(0.7, 0.15)."));
  }

  /** The windows that forecast the last steps. */
  public Windows test() {
    return test;
  }

  /** The series, its parts in colours of their own. */
  public Figure plot() {
    TimeSeries series = train.series();
    Chart chart = Chart.of(series.name()).x(series.timeLabel()).y(series.unit());
    chart = with(chart, "training", train);
    chart = validation.isPresent() ? with(chart, "validation", validation.get()) : chart;
    return with(chart, "test", test).figure();
  }

  private static Chart with(Chart chart, String name, Windows part) {
    TimeSeries series = part.series();
    int from = Math.max(0, part.firstStep() - 1); // so that the line has no gap
    return chart.line(
        name, series.times(from, part.lastStep()), series.part(from, part.lastStep()));
  }

  /** A line for each part. */
  @Override
  public String toString() {
    return Messages.of(
        "split in time%n  train: %s%s%n  test:  %s",
        train, validation.map(part -> Messages.of("%n  validation: %s", part)).orElse(""), test);
  }
}
