package org.lossbook.layer.core;

import org.lossbook.Internal;
import org.lossbook.config.Registry;
import org.lossbook.layer.Layer;

/**
 * The classes by which files name the layers of this package.
 *
 * @hidden
 */
@Internal
public final class CoreLayers {
  private CoreLayers() {}

  /** The registry with these layers too. */
  public static Registry<Layer> addTo(Registry<Layer> layers) {
    return layers
        .add("Dense", Dense::from)
        .add("EinsumDense", EinsumDense::from)
        .add("Embedding", Embedding::from)
        .add("Identity", Identity::from)
        .add("Masking", Masking::from);
  }
}
