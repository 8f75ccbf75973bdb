package org.lossbook.layer.pooling;

import org.lossbook.config.Settings;

/**
 * Global max pooling: the maximum of each channel over the whole sequence. {@code [l, c] -> [c]}
 *
 * @question Does a pattern occur anywhere in the sequence?
 * @use To ask whether something occurs at all.
 * @avoid When it matters how often, or where.
 */
public final class GlobalMaxPooling1d extends GlobalPooling<GlobalMaxPooling1d> {
  public GlobalMaxPooling1d() {
    super(PoolingKind.MAX, 1);
  }

  static GlobalMaxPooling1d from(Settings settings) {
    return new GlobalMaxPooling1d().withSettings(settings);
  }
}
