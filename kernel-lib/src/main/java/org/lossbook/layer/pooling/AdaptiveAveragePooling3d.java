package org.lossbook.layer.pooling;

import org.lossbook.config.Settings;

/**
 * 3D adaptive average pooling: the mean of each of so many windows that a volume of any size gives
 * an output of this one, channel by channel. {@code [d, h, w, c] -> [d', h', w', c]}
 *
 * @question How does a volume of any size become this large, by means?
 * @use For volumes of different sizes before a dense layer.
 * @avoid When all sizes are alike: {@link AveragePooling3d} says what it does.
 */
public final class AdaptiveAveragePooling3d extends AdaptivePooling<AdaptiveAveragePooling3d> {
  public AdaptiveAveragePooling3d(int depth, int height, int width) {
    super(PoolingKind.AVERAGE, depth, height, width);
  }

  static AdaptiveAveragePooling3d from(Settings settings) {
    int[] size = sizeIn(settings, 3);
    return new AdaptiveAveragePooling3d(size[0], size[1], size[2]);
  }
}
