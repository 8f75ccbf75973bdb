package org.lossbook.metric.accuracy;

import java.util.Optional;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.metric.Decision;
import org.lossbook.metric.Direction;
import org.lossbook.metric.MeanTally;
import org.lossbook.metric.Metric;
import org.lossbook.metric.Truth;

/**
 * Binary accuracy: the share of yes/no predictions that are correct, where a prediction above
 * {@code threshold} means yes. Several answers in a sample count as their mean. No may be encoded
 * as 0 or −1.
 *
 * <pre>{@code
 * binaryAccuracy().of(vector(1, 0, 1, 1), vector(0.9, 0.2, 0.4, 0.7))                  // 0.75
 * binaryAccuracy().threshold(0.3).of(vector(1, 0, 1, 1), vector(0.9, 0.2, 0.4, 0.7))   // 1
 * }</pre>
 *
 * @question What share of yes/no answers is right?
 * @use For yes/no questions where both answers are common.
 * @avoid With rare positives: use {@link org.lossbook.metric.confusion.Recall}.
 */
public record BinaryAccuracy(double threshold) implements Metric {

  /** Checks that the threshold is a number. */
  public BinaryAccuracy {
    Decision.checkThreshold("binaryAccuracy", threshold);
  }

  /** Binary accuracy, yes above one half. */
  public static BinaryAccuracy binaryAccuracy() {
    return new BinaryAccuracy(0.5);
  }

  /** The same with yes above {@code other}: 0 for logits. */
  public BinaryAccuracy threshold(double other) {
    return new BinaryAccuracy(other);
  }

  @Override
  public String name() {
    return "binary_accuracy";
  }

  @Override
  public Direction direction() {
    return Direction.UP;
  }

  @Override
  public Tally tally(int targets, int outputs) {
    Truth.sameWidth("binaryAccuracy", targets, outputs);
    float least = (float) threshold; // 0.3 in floats is no more than 0.3
    return new MeanTally(Truth.ANSWERS) {
      @Override
      public double of(float[] y, float[] yHat, int row) {
        int hits = 0;
        for (int i = row * outputs; i < (row + 1) * outputs; i++) {
          hits += (yHat[i] > least) == Truth.isPositive(y[i]) ? 1 : 0;
        }
        return (double) hits / outputs;
      }
    };
  }

  @Override
  public Optional<Config> config() {
    return Optional.of(Config.of("keras.metrics", "BinaryAccuracy").with("threshold", threshold));
  }

  static BinaryAccuracy from(Settings settings) {
    return binaryAccuracy().threshold(settings.number("threshold", 0.5));
  }
}
