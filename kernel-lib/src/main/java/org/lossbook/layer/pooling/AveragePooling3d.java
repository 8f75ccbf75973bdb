package org.lossbook.layer.pooling;

import org.lossbook.config.Settings;

/**
 * 3D average pooling: the mean of each window, channel by channel; padding does not count. {@code
 * [d, h, w, c] -> [d', h', w', c]}; {@code averagePooling3d(2)} takes 16×26×26 to 8×13×13.
 *
 * @question What is the mean of each block of a volume?
 * @use To shrink volumes smoothly.
 * @avoid When a single strong voxel matters: use {@link MaxPooling3d}.
 */
public final class AveragePooling3d extends Pooling<AveragePooling3d> {
  public AveragePooling3d(int depth, int height, int width) {
    super(PoolingKind.AVERAGE, depth, height, width);
  }

  static AveragePooling3d from(Settings settings) {
    return new AveragePooling3d(1, 1, 1).withSettings(settings);
  }
}
