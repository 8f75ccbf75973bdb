package org.lossbook.layer.pooling;

import org.lossbook.config.Settings;

/**
 * 2D adaptive max pooling: the maximum of each of so many windows that an image of any size gives
 * an output of this one, channel by channel. {@code [h, w, c] -> [h', w', c]}
 *
 * @question How does an image of any size become this large, by maxima?
 * @use For images of different sizes before a dense layer.
 * @avoid When all sizes are alike: {@link MaxPooling2d} says what it does.
 */
public final class AdaptiveMaxPooling2d extends AdaptivePooling<AdaptiveMaxPooling2d> {
  public AdaptiveMaxPooling2d(int height, int width) {
    super(PoolingKind.MAX, height, width);
  }

  static AdaptiveMaxPooling2d from(Settings settings) {
    int[] size = sizeIn(settings, 2);
    return new AdaptiveMaxPooling2d(size[0], size[1]);
  }
}
