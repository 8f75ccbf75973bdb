package org.lossbook.layer.pooling;

import org.lossbook.config.Settings;

/**
 * 1D adaptive max pooling: the maximum of each of so many windows that a sequence of any size gives
 * an output of this one, channel by channel. {@code [l, c] -> [l', c]}
 *
 * @question How does a sequence of any length become this long, by maxima?
 * @use For inputs of different lengths before a dense layer.
 * @avoid When all lengths are alike: {@link MaxPooling1d} says what it does.
 */
public final class AdaptiveMaxPooling1d extends AdaptivePooling<AdaptiveMaxPooling1d> {
  public AdaptiveMaxPooling1d(int length) {
    super(PoolingKind.MAX, length);
  }

  static AdaptiveMaxPooling1d from(Settings settings) {
    int[] size = sizeIn(settings, 1);
    return new AdaptiveMaxPooling1d(size[0]);
  }
}
