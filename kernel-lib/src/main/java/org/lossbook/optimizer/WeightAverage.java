package org.lossbook.optimizer;

import java.util.OptionalInt;

/**
 * Exponential moving average of the weights, Keras's {@code use_ema}: \(\bar w \leftarrow m \bar w
 * + (1 - m) w\) after every step. The average replaces the weights when a fit ends.
 *
 * <p>Polyak and Juditsky, <a href="https://doi.org/10.1137/0330046">Acceleration of Stochastic
 * Approximation by Averaging</a>, 1992.
 *
 * @param momentum the share of the average that is kept in each step
 * @param overwriteFrequency after how many steps the average also replaces the weights during
 *     training, if at all
 */
record WeightAverage(double momentum, OptionalInt overwriteFrequency) {
  /** Keras's defaults. */
  static final WeightAverage USUAL = new WeightAverage(0.99, OptionalInt.empty());

  WeightAverage momentum(double share) {
    return new WeightAverage(share, overwriteFrequency);
  }

  WeightAverage overwriteFrequency(int steps) {
    return new WeightAverage(momentum, OptionalInt.of(steps));
  }

  /**
   * Whether the average replaces the weights after that step.
   *
   * @param before the updates before it
   */
  boolean overwrites(long before) {
    return overwriteFrequency.isPresent() && (before + 1) % overwriteFrequency.getAsInt() == 0;
  }

  /** Updates a chunk's averages; in the first update they become the weights. */
  static void add(float[] averages, float[] weights, int count, float momentum) {
    float tiny = Optimizer.Updater.TINY_MEAN;
    float rest = 1 - momentum;
    for (int i = 0; i < count; i++) {
      averages[i] = ((momentum * averages[i] + rest * weights[i]) + tiny) - tiny;
    }
  }
}
