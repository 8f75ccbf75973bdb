package org.lossbook.layer.pooling;

import org.lossbook.config.Settings;

/**
 * 3D max pooling: the maximum of each window, channel by channel. {@code [d, h, w, c] -> [d', h',
 * w', c]}; {@code maxPooling3d(2)} takes 16×26×26 to 8×13×13.
 *
 * @question What is the strongest answer in each block of a volume?
 * @use To shrink volumes between convolutions.
 * @avoid When the exact place matters.
 */
public final class MaxPooling3d extends Pooling<MaxPooling3d> {
  public MaxPooling3d(int depth, int height, int width) {
    super(PoolingKind.MAX, depth, height, width);
  }

  static MaxPooling3d from(Settings settings) {
    return new MaxPooling3d(1, 1, 1).withSettings(settings);
  }
}
