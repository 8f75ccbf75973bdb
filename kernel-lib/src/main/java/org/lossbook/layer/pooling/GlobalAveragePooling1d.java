package org.lossbook.layer.pooling;

import org.lossbook.config.Settings;

/**
 * Global average pooling: the mean of each channel over the whole sequence. {@code [l, c] -> [c]}
 */
public final class GlobalAveragePooling1d extends GlobalPooling<GlobalAveragePooling1d> {
  public GlobalAveragePooling1d() {
    super(PoolingKind.AVERAGE, 1);
  }

  static GlobalAveragePooling1d from(Settings settings) {
    return new GlobalAveragePooling1d().withSettings(settings);
  }
}
