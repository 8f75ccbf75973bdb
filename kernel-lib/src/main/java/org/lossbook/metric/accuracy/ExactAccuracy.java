package org.lossbook.metric.accuracy;

import java.util.Optional;
import org.lossbook.config.Config;
import org.lossbook.metric.Direction;
import org.lossbook.metric.Metric;
import org.lossbook.metric.Truth;

/**
 * Exact accuracy: the share of predictions that equal the truth, number by number, as Keras's class
 * {@code Accuracy} counts it. It suits predictions that are decided already, such as class numbers;
 * {@link Accuracy} decides by the largest probability.
 *
 * <pre>{@code
 * exactAccuracy().of(vector(1, 2, 3, 4), vector(0, 2, 3, 4))   // 0.75
 * }</pre>
 *
 * @question How often does the prediction equal the truth exactly?
 * @use For predictions that are decided already, such as class numbers.
 * @avoid With probabilities or measurements, which hardly ever match exactly.
 */
public record ExactAccuracy() implements Metric {

  /** Exact accuracy. */
  public static ExactAccuracy exactAccuracy() {
    return new ExactAccuracy();
  }

  @Override
  public String name() {
    return "accuracy";
  }

  @Override
  public Direction direction() {
    return Direction.UP;
  }

  @Override
  public Tally tally(int targets, int outputs) {
    Truth.sameWidth("exactAccuracy", targets, outputs);
    return new Tally() {
      private double hits;
      private double weight;

      @Override
      public void add(float[] y, float[] yHat, float[] weights, int rows) {
        for (int i = 0; i < rows * outputs; i++) {
          double w = weights == null ? 1 : weights[i / outputs];
          hits += y[i] == yHat[i] ? w : 0;
          weight += w;
        }
      }

      @Override
      public double value() {
        return hits / weight;
      }

      @Override
      public boolean isMean() {
        return true;
      }

      @Override
      public void reset() {
        hits = 0;
        weight = 0;
      }
    };
  }

  @Override
  public Optional<Config> config() {
    return Optional.of(Config.of("keras.metrics", "Accuracy"));
  }
}
