package org.lossbook.layer.pooling;

import org.lossbook.config.Settings;

/**
 * Global average pooling: the mean of each channel over the whole volume. {@code [d, h, w, c] ->
 * [c]}
 *
 * @question What is the mean of each channel over the volume?
 * @use To end a convolutional network with few weights.
 * @avoid When the place in the volume matters.
 */
public final class GlobalAveragePooling3d extends GlobalPooling<GlobalAveragePooling3d> {
  public GlobalAveragePooling3d() {
    super(PoolingKind.AVERAGE, 3);
  }

  static GlobalAveragePooling3d from(Settings settings) {
    return new GlobalAveragePooling3d().withSettings(settings);
  }
}
