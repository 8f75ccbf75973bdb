package org.lossbook.layer.pooling;

import org.lossbook.config.Settings;

/**
 * Global max pooling: the maximum of each channel over the whole image. {@code [h, w, c] -> [c]}
 */
public final class GlobalMaxPooling2d extends GlobalPooling<GlobalMaxPooling2d> {
  public GlobalMaxPooling2d() {
    super(PoolingKind.MAX, 2);
  }

  static GlobalMaxPooling2d from(Settings settings) {
    return new GlobalMaxPooling2d().withSettings(settings);
  }
}
