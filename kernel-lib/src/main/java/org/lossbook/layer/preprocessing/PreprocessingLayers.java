package org.lossbook.layer.preprocessing;

import org.lossbook.Internal;
import org.lossbook.config.Registry;
import org.lossbook.layer.Layer;

/**
 * The classes by which files name the layers of this package.
 *
 * @hidden
 */
@Internal
public final class PreprocessingLayers {
  private PreprocessingLayers() {}

  /** The registry with these layers too. */
  public static Registry<Layer> addTo(Registry<Layer> layers) {
    return layers
        .add("Rescaling", Rescaling::from)
        .add("Normalization", Normalization::from)
        .add("Resizing", Resizing::from)
        .add("CenterCrop", CenterCrop::from)
        .add("Discretization", Discretization::from)
        .add("CategoryEncoding", CategoryEncoding::from)
        .addLossbookOnly("Pipeline", Pipeline::from); // it has no name without its layers
  }
}
