package org.lossbook.layer.pooling;

import org.lossbook.config.Settings;

/**
 * Global max pooling: the maximum of each channel over the whole image. {@code [h, w, c] -> [c]}
 *
 * @question Does a pattern occur anywhere in the image?
 * @use To ask whether something occurs at all.
 * @avoid When it matters how often, or where.
 */
public final class GlobalMaxPooling2d extends GlobalPooling<GlobalMaxPooling2d> {
  public GlobalMaxPooling2d() {
    super(PoolingKind.MAX, 2);
  }

  static GlobalMaxPooling2d from(Settings settings) {
    return new GlobalMaxPooling2d().withSettings(settings);
  }
}
