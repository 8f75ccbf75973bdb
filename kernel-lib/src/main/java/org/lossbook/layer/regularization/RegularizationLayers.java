package org.lossbook.layer.regularization;

import org.lossbook.Internal;
import org.lossbook.config.Registry;
import org.lossbook.layer.Layer;

/**
 * The classes by which files name the layers of this package.
 *
 * @hidden
 */
@Internal
public final class RegularizationLayers {
  private RegularizationLayers() {}

  /** The registry with these layers too. */
  public static Registry<Layer> addTo(Registry<Layer> layers) {
    return layers
        .add("Dropout", Dropout::from)
        .add("AlphaDropout", AlphaDropout::from)
        .add("SpatialDropout1D", SpatialDropout1d::from)
        .add("SpatialDropout2D", SpatialDropout2d::from)
        .add("SpatialDropout3D", SpatialDropout3d::from)
        .add("ActivityRegularization", ActivityRegularization::from)
        .add("GaussianDropout", GaussianDropout::from)
        .add("GaussianNoise", GaussianNoise::from);
  }
}
