package org.lossbook.layer.pooling;

import org.lossbook.config.Settings;

/**
 * 2D average pooling: the mean of each window, channel by channel; padding does not count. {@code
 * [h, w, c] -> [h', w', c]}; {@code averagePooling2d(2)} takes 26×26 to 13×13.
 *
 * @question What is the mean of each patch of an image?
 * @use To shrink images smoothly.
 * @avoid When a single strong pixel matters: use {@link MaxPooling2d}.
 */
public final class AveragePooling2d extends Pooling<AveragePooling2d> {
  public AveragePooling2d(int height, int width) {
    super(PoolingKind.AVERAGE, height, width);
  }

  static AveragePooling2d from(Settings settings) {
    return new AveragePooling2d(1, 1).withSettings(settings);
  }
}
