package org.lossbook.layer.pooling;

import org.lossbook.config.Settings;

/**
 * 3D adaptive max pooling: the maximum of each of so many windows that a volume of any size gives
 * an output of this one, channel by channel. {@code [d, h, w, c] -> [d', h', w', c]}
 *
 * @question How does a volume of any size become this large, by maxima?
 * @use For volumes of different sizes before a dense layer.
 * @avoid When all sizes are alike: {@link MaxPooling3d} says what it does.
 */
public final class AdaptiveMaxPooling3d extends AdaptivePooling<AdaptiveMaxPooling3d> {
  public AdaptiveMaxPooling3d(int depth, int height, int width) {
    super(PoolingKind.MAX, depth, height, width);
  }

  static AdaptiveMaxPooling3d from(Settings settings) {
    int[] size = sizeIn(settings, 3);
    return new AdaptiveMaxPooling3d(size[0], size[1], size[2]);
  }
}
