package org.lossbook.layer.pooling;

import org.lossbook.config.Settings;

/**
 * 2D max pooling: the maximum of each window, channel by channel. {@code [h, w, c] -> [h', w', c]};
 * {@code maxPooling2d(2)} takes 26×26 to 13×13.
 *
 * @question What is the strongest answer in each patch of an image?
 * @use To shrink images between convolutions.
 * @avoid When the exact place matters, as in segmentation.
 */
public final class MaxPooling2d extends Pooling<MaxPooling2d> {
  public MaxPooling2d(int height, int width) {
    super(PoolingKind.MAX, height, width);
  }

  static MaxPooling2d from(Settings settings) {
    return new MaxPooling2d(1, 1).withSettings(settings);
  }
}
