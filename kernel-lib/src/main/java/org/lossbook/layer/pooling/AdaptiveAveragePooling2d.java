package org.lossbook.layer.pooling;

import org.lossbook.config.Settings;

/**
 * 2D adaptive average pooling: the mean of each of so many windows that an image of any size gives
 * an output of this one, channel by channel. {@code [h, w, c] -> [h', w', c]}
 *
 * @question How does an image of any size become this large, by means?
 * @use For images of different sizes before a dense layer.
 * @avoid When all sizes are alike: {@link AveragePooling2d} says what it does.
 */
public final class AdaptiveAveragePooling2d extends AdaptivePooling<AdaptiveAveragePooling2d> {
  public AdaptiveAveragePooling2d(int height, int width) {
    super(PoolingKind.AVERAGE, height, width);
  }

  static AdaptiveAveragePooling2d from(Settings settings) {
    int[] size = sizeIn(settings, 2);
    return new AdaptiveAveragePooling2d(size[0], size[1]);
  }
}
