package org.lossbook.layer.pooling;

import org.lossbook.Internal;
import org.lossbook.config.Registry;
import org.lossbook.layer.Layer;

/**
 * The classes by which files name the layers of this package.
 *
 * @hidden
 */
@Internal
public final class PoolingLayers {
  private PoolingLayers() {}

  /** The registry with these layers too. */
  public static Registry<Layer> addTo(Registry<Layer> layers) {
    return layers
        .add("MaxPooling2D", MaxPooling2d::from)
        .add("AveragePooling2D", AveragePooling2d::from)
        .add("GlobalMaxPooling2D", GlobalMaxPooling2d::from)
        .add("GlobalAveragePooling2D", GlobalAveragePooling2d::from);
  }
}
