package org.lossbook.layer.pooling;

import org.lossbook.config.Settings;

/**
 * Global max pooling: the maximum of each channel over the whole volume. {@code [d, h, w, c] ->
 * [c]}
 */
public final class GlobalMaxPooling3d extends GlobalPooling<GlobalMaxPooling3d> {
  public GlobalMaxPooling3d() {
    super(PoolingKind.MAX, 3);
  }

  static GlobalMaxPooling3d from(Settings settings) {
    return new GlobalMaxPooling3d().withSettings(settings);
  }
}
