package org.lossbook.layer.reshaping;

import org.lossbook.Internal;
import org.lossbook.config.Registry;
import org.lossbook.layer.Layer;

/**
 * The classes by which files name the layers of this package.
 *
 * @hidden
 */
@Internal
public final class ReshapingLayers {
  private ReshapingLayers() {}

  /** The registry with these layers too. */
  public static Registry<Layer> addTo(Registry<Layer> layers) {
    return layers
        .add("Flatten", Flatten::from)
        .add("Reshape", Reshape::from)
        .add("Permute", Permute::from)
        .add("RepeatVector", RepeatVector::from)
        .add("ZeroPadding1D", ZeroPadding.from(1)::apply)
        .add("ZeroPadding2D", ZeroPadding.from(2)::apply)
        .add("ZeroPadding3D", ZeroPadding.from(3)::apply)
        .add("Cropping1D", Cropping.from(1)::apply)
        .add("Cropping2D", Cropping.from(2)::apply)
        .add("Cropping3D", Cropping.from(3)::apply)
        .add("UpSampling1D", UpSampling.from(1)::apply)
        .add("UpSampling2D", UpSampling.from(2)::apply)
        .add("UpSampling3D", UpSampling.from(3)::apply);
  }
}
