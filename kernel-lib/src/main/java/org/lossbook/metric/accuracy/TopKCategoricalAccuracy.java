package org.lossbook.metric.accuracy;

import java.util.Optional;
import org.lossbook.base.Messages;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.metric.Decision;
import org.lossbook.metric.Direction;
import org.lossbook.metric.MeanTally;
import org.lossbook.metric.Metric;
import org.lossbook.metric.RowMetric;
import org.lossbook.metric.Truth;

/**
 * Top-k categorical accuracy: the share of samples whose true class, in a one-hot row, is among the
 * {@code k} classes with the largest predictions; 5 by default. Classes tied for the k-th place all
 * count, as in Keras. A vector is one sample.
 *
 * <p>Use it for many classes of which some are hard to tell apart, such as dog breeds: nearly right
 * counts, too. Krizhevsky, Sutskever and Hinton 2012, <i>ImageNet classification with deep
 * convolutional neural networks</i>.
 *
 * <pre>{@code
 * topKCategoricalAccuracy(2).of(vector(0, 0, 1), vector(0.5, 0.2, 0.3))   // 1
 * }</pre>
 *
 * @question Is the true class among the k most likely?
 * @avoid With few classes: a random guess does well.
 */
public record TopKCategoricalAccuracy(int k) implements Metric, RowMetric {

  /** Checks that k is a number of classes. */
  public TopKCategoricalAccuracy {
    Decision.checkK("topKCategoricalAccuracy", k);
  }

  /** Among the first 5. */
  public static TopKCategoricalAccuracy topKCategoricalAccuracy() {
    return new TopKCategoricalAccuracy(5);
  }

  /** Among the first {@code other}. */
  public TopKCategoricalAccuracy k(int other) {
    return new TopKCategoricalAccuracy(other);
  }

  @Override
  public String name() {
    return "top_k_categorical_accuracy";
  }

  @Override
  public Direction direction() {
    return Direction.UP;
  }

  @Override
  public Tally tally(int targets, int outputs) {
    if (targets == 1 && outputs > 1) {
      throw Messages.wrong(
          "topKCategoricalAccuracy expects a row of %d numbers for each sample but receives a label: take sparseTopKCategoricalAccuracy() for integer labels.",
          outputs);
    }
    Truth.sameWidth("topKCategoricalAccuracy", targets, outputs);
    Decision.checkK("topKCategoricalAccuracy", k, outputs);
    return new MeanTally(Truth.ROW) {
      @Override
      public double of(float[] y, float[] yHat, int row) {
        return isAmongFirst(k, yHat, row, outputs, argmax(y, row, outputs)) ? 1 : 0;
      }
    };
  }

  @Override
  public Optional<Config> config() {
    return Optional.of(Config.of("keras.metrics", "TopKCategoricalAccuracy").with("k", k));
  }

  static TopKCategoricalAccuracy from(Settings settings) {
    return new TopKCategoricalAccuracy(settings.integer("k", 5));
  }
}
