package org.lossbook.layer.pooling;

import org.lossbook.config.Settings;

/**
 * Global max pooling: the maximum of each channel over the whole volume. {@code [d, h, w, c] ->
 * [c]}
 *
 * @question Does a pattern occur anywhere in the volume?
 * @use To ask whether something occurs at all.
 * @avoid When it matters how often, or where.
 */
public final class GlobalMaxPooling3d extends GlobalPooling<GlobalMaxPooling3d> {
  public GlobalMaxPooling3d() {
    super(PoolingKind.MAX, 3);
  }

  static GlobalMaxPooling3d from(Settings settings) {
    return new GlobalMaxPooling3d().withSettings(settings);
  }
}
