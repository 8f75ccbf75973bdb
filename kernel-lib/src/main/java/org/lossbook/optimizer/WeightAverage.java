package org.lossbook.optimizer;

import java.util.OptionalInt;

/**
 * How the weights are averaged while they move, Keras's {@code use_ema}: \(\bar w \leftarrow m \bar
 * w + (1 - m) w\) after every step. The weights take the average's place when a fit ends.
 *
 * <p>Polyak and Juditsky, <a href="https://doi.org/10.1137/0330046">Acceleration of Stochastic
 * Approximation by Averaging</a>, 1992.
 *
 * @param momentum the share of the average that stays in each step
 * @param overwriteFrequency after how many steps the average takes the weights' place on the way,
 *     where it does
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
   * Whether the average takes the weights' place after that step.
   *
   * @param before the moves before it
   */
  boolean overwrites(long before) {
    return overwriteFrequency.isPresent() && (before + 1) % overwriteFrequency.getAsInt() == 0;
  }

  /** One step's average of a chunk; until the weights have moved twice it is what they are. */
  static void add(float[] averages, float[] weights, int count, float momentum) {
    float tiny = Optimizer.Updater.TINY_MEAN;
    float rest = 1 - momentum;
    for (int i = 0; i < count; i++) {
      averages[i] = ((momentum * averages[i] + rest * weights[i]) + tiny) - tiny;
    }
  }
}
