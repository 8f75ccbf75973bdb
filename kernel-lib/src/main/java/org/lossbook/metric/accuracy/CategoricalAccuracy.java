package org.lossbook.metric.accuracy;

import java.util.Optional;
import org.lossbook.config.Config;
import org.lossbook.metric.Direction;
import org.lossbook.metric.MeanTally;
import org.lossbook.metric.Metric;
import org.lossbook.metric.RowMetric;
import org.lossbook.metric.Truth;

/**
 * Categorical accuracy: the share of samples whose largest prediction is at the position of the one
 * in the one-hot truth. A vector is one sample.
 *
 * <pre>{@code
 * categoricalAccuracy().of(matrix(row(0, 1), row(1, 0)), matrix(row(0.2, 0.8), row(0.4, 0.6))) // 0.5
 * }</pre>
 *
 * @question How often is the most likely class the true one?
 * @use For one-hot truth, with classes of similar size.
 * @avoid With rare classes: report the recall of each.
 */
public record CategoricalAccuracy() implements Metric, RowMetric {

  /** Categorical accuracy. */
  public static CategoricalAccuracy categoricalAccuracy() {
    return new CategoricalAccuracy();
  }

  @Override
  public String name() {
    return "categorical_accuracy";
  }

  @Override
  public Direction direction() {
    return Direction.UP;
  }

  @Override
  public Tally tally(int targets, int outputs) {
    Truth.sameWidth("categoricalAccuracy", targets, outputs);
    return new MeanTally(Truth.ROW) {
      @Override
      public double of(float[] y, float[] yHat, int row) {
        return argmax(y, row, outputs) == argmax(yHat, row, outputs) ? 1 : 0;
      }
    };
  }

  @Override
  public Optional<Config> config() {
    return Optional.of(Config.of("keras.metrics", "CategoricalAccuracy"));
  }
}
