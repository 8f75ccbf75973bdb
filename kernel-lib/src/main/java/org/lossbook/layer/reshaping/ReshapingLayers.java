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
    return layers.add("Flatten", Flatten::from).add("Reshape", Reshape::from);
  }
}
