package org.lossbook.layer.pooling;

import org.lossbook.config.Settings;

/**
 * 1D max pooling: the maximum of each window, channel by channel. {@code [l, c] -> [l', c]}; {@code
 * maxPooling1d(2)} takes 100 steps to 50.
 *
 * @question What is the strongest answer in each stretch of a sequence?
 * @use To shorten sequences and keep peaks.
 * @avoid When the exact place matters.
 */
public final class MaxPooling1d extends Pooling<MaxPooling1d> {
  public MaxPooling1d(int poolSize) {
    super(PoolingKind.MAX, poolSize);
  }

  static MaxPooling1d from(Settings settings) {
    return new MaxPooling1d(1).withSettings(settings);
  }
}
