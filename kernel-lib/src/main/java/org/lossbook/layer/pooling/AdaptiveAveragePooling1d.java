package org.lossbook.layer.pooling;

import org.lossbook.config.Settings;

/**
 * 1D adaptive average pooling: the mean of each of so many windows that a sequence of any size
 * gives an output of this one, channel by channel. {@code [l, c] -> [l', c]}
 *
 * @question How does a sequence of any length become this long, by means?
 * @use For inputs of different lengths before a dense layer.
 * @avoid When all lengths are alike: {@link AveragePooling1d} says what it does.
 */
public final class AdaptiveAveragePooling1d extends AdaptivePooling<AdaptiveAveragePooling1d> {
  public AdaptiveAveragePooling1d(int length) {
    super(PoolingKind.AVERAGE, length);
  }

  static AdaptiveAveragePooling1d from(Settings settings) {
    int[] size = sizeIn(settings, 1);
    return new AdaptiveAveragePooling1d(size[0]);
  }
}
