package org.lossbook.layer.pooling;

import org.lossbook.config.Settings;

/**
 * Global average pooling: the mean of each channel over the whole image. {@code [h, w, c] -> [c]}
 *
 * @question What is the mean of each channel over the image?
 * @use To end a convolutional network with few weights.
 * @avoid When the place in the image matters.
 */
public final class GlobalAveragePooling2d extends GlobalPooling<GlobalAveragePooling2d> {
  public GlobalAveragePooling2d() {
    super(PoolingKind.AVERAGE, 2);
  }

  static GlobalAveragePooling2d from(Settings settings) {
    return new GlobalAveragePooling2d().withSettings(settings);
  }
}
