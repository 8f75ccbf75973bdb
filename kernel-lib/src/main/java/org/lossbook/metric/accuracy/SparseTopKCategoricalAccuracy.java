package org.lossbook.metric.accuracy;

import java.util.Optional;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.metric.Decision;
import org.lossbook.metric.Direction;
import org.lossbook.metric.MeanTally;
import org.lossbook.metric.Metric;
import org.lossbook.metric.RowMetric;
import org.lossbook.metric.Truth;

/**
 * Sparse top-k categorical accuracy: the share of samples whose integer label is among the {@code
 * k} classes with the largest predictions; 5 by default. Classes tied for the k-th place all count,
 * as in Keras. A vector of predictions is one sample.
 *
 * <pre>{@code
 * sparseTopKCategoricalAccuracy(2).of(vector(2), vector(0.5, 0.2, 0.3))   // 1
 * }</pre>
 *
 * @question Is the true class among the k most likely?
 * @use For integer labels of many similar classes.
 * @avoid With few classes: a random guess does well.
 */
public record SparseTopKCategoricalAccuracy(int k) implements Metric, RowMetric {

  /** Checks that k is a number of classes. */
  public SparseTopKCategoricalAccuracy {
    Decision.checkK("sparseTopKCategoricalAccuracy", k);
  }

  /** Among the first 5. */
  public static SparseTopKCategoricalAccuracy sparseTopKCategoricalAccuracy() {
    return new SparseTopKCategoricalAccuracy(5);
  }

  /** Among the first {@code other}. */
  public SparseTopKCategoricalAccuracy k(int other) {
    return new SparseTopKCategoricalAccuracy(other);
  }

  @Override
  public String name() {
    return "sparse_top_k_categorical_accuracy";
  }

  @Override
  public Direction direction() {
    return Direction.UP;
  }

  @Override
  public Tally tally(int targets, int outputs) {
    Truth.oneLabel("sparseTopKCategoricalAccuracy", targets, "topKCategoricalAccuracy");
    Decision.checkK("sparseTopKCategoricalAccuracy", k, outputs);
    return new MeanTally(Truth.LABEL) {
      @Override
      public double of(float[] y, float[] yHat, int row) {
        int label = Truth.label("sparseTopKCategoricalAccuracy", y[row], outputs);
        return isAmongFirst(k, yHat, row, outputs, label) ? 1 : 0;
      }
    };
  }

  @Override
  public Optional<Config> config() {
    return Optional.of(Config.of("keras.metrics", "SparseTopKCategoricalAccuracy").with("k", k));
  }

  static SparseTopKCategoricalAccuracy from(Settings settings) {
    return new SparseTopKCategoricalAccuracy(settings.integer("k", 5));
  }
}
