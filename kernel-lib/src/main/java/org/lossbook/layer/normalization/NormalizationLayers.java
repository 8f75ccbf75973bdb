package org.lossbook.layer.normalization;

import org.lossbook.Internal;
import org.lossbook.config.Registry;
import org.lossbook.layer.Layer;

/**
 * The classes by which files name the layers of this package.
 *
 * @hidden
 */
@Internal
public final class NormalizationLayers {
  private NormalizationLayers() {}

  /** The registry with these layers too. */
  public static Registry<Layer> addTo(Registry<Layer> layers) {
    return layers
        .add("BatchNormalization", BatchNormalization::from)
        .add("LayerNormalization", LayerNormalization::from)
        .add("GroupNormalization", GroupNormalization::from)
        .add("RMSNormalization", RmsNormalization::from)
        .add("UnitNormalization", UnitNormalization::from)
        .addLossbookOnly("SpectralNormalization", SpectralNormalization::from);
  }
}
