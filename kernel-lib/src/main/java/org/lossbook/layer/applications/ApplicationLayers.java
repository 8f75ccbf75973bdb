package org.lossbook.layer.applications;

import org.lossbook.Internal;
import org.lossbook.config.Registry;
import org.lossbook.layer.Layer;

/**
 * The classes by which files name the layers of this package.
 *
 * @hidden
 */
@Internal
public final class ApplicationLayers {
  private ApplicationLayers() {}

  /** The registry with these layers too. */
  public static Registry<Layer> addTo(Registry<Layer> layers) {
    return layers.add("LayerScale", LayerScale::from).add("StochasticDepth", StochasticDepth::from);
  }
}
