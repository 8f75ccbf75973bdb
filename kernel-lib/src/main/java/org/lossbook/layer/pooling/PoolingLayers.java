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
        .add("MaxPooling1D", MaxPooling1d::from)
        .add("MaxPooling2D", MaxPooling2d::from)
        .add("MaxPooling3D", MaxPooling3d::from)
        .add("AveragePooling1D", AveragePooling1d::from)
        .add("AveragePooling2D", AveragePooling2d::from)
        .add("AveragePooling3D", AveragePooling3d::from)
        .add("GlobalMaxPooling1D", GlobalMaxPooling1d::from)
        .add("GlobalMaxPooling2D", GlobalMaxPooling2d::from)
        .add("GlobalMaxPooling3D", GlobalMaxPooling3d::from)
        .add("GlobalAveragePooling1D", GlobalAveragePooling1d::from)
        .add("GlobalAveragePooling2D", GlobalAveragePooling2d::from)
        .add("GlobalAveragePooling3D", GlobalAveragePooling3d::from)
        .add("AdaptiveMaxPooling1D", AdaptiveMaxPooling1d::from)
        .add("AdaptiveMaxPooling2D", AdaptiveMaxPooling2d::from)
        .add("AdaptiveMaxPooling3D", AdaptiveMaxPooling3d::from)
        .add("AdaptiveAveragePooling1D", AdaptiveAveragePooling1d::from)
        .add("AdaptiveAveragePooling2D", AdaptiveAveragePooling2d::from)
        .add("AdaptiveAveragePooling3D", AdaptiveAveragePooling3d::from);
  }
}
