package org.lossbook.metric.accuracy;

import java.util.Optional;
import org.lossbook.config.Config;
import org.lossbook.metric.Direction;
import org.lossbook.metric.MeanTally;
import org.lossbook.metric.Metric;
import org.lossbook.metric.RowMetric;
import org.lossbook.metric.Truth;

/**
 * Sparse categorical accuracy: the share of samples whose largest prediction is at the position
 * that the integer label names. A vector of predictions is one sample.
 *
 * <pre>{@code
 * sparseCategoricalAccuracy().of(vector(1, 0), matrix(row(0.2, 0.8), row(0.4, 0.6)))   // 0.5
 * }</pre>
 *
 * @question How often is the most likely class the true one?
 * @use For integer labels, with classes of similar size.
 * @avoid With rare classes: report the recall of each.
 */
public record SparseCategoricalAccuracy() implements Metric, RowMetric {

  /** Sparse categorical accuracy. */
  public static SparseCategoricalAccuracy sparseCategoricalAccuracy() {
    return new SparseCategoricalAccuracy();
  }

  @Override
  public String name() {
    return "sparse_categorical_accuracy";
  }

  @Override
  public Direction direction() {
    return Direction.UP;
  }

  @Override
  public Tally tally(int targets, int outputs) {
    Truth.oneLabel("sparseCategoricalAccuracy", targets, "categoricalAccuracy");
    return new MeanTally(Truth.LABEL) {
      @Override
      public double of(float[] y, float[] yHat, int row) {
        return y[row] == argmax(yHat, row, outputs) ? 1 : 0;
      }
    };
  }

  @Override
  public Optional<Config> config() {
    return Optional.of(Config.of("keras.metrics", "SparseCategoricalAccuracy"));
  }
}
