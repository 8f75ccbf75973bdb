package org.lossbook.layer.pooling;

import org.lossbook.config.Settings;

/**
 * 1D average pooling: the mean of each window, channel by channel; padding does not count. {@code
 * [l, c] -> [l', c]}; {@code averagePooling1d(2)} takes 100 steps to 50.
 *
 * @question What is the mean of each stretch of a sequence?
 * @use To shorten signals smoothly.
 * @avoid When a single peak matters: use {@link MaxPooling1d}.
 */
public final class AveragePooling1d extends Pooling<AveragePooling1d> {
  public AveragePooling1d(int poolSize) {
    super(PoolingKind.AVERAGE, poolSize);
  }

  static AveragePooling1d from(Settings settings) {
    return new AveragePooling1d(1).withSettings(settings);
  }
}
