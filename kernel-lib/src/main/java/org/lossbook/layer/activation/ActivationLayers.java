package org.lossbook.layer.activation;

import org.lossbook.Internal;
import org.lossbook.config.Registry;
import org.lossbook.layer.Layer;

/**
 * The classes by which files name the layers of this package.
 *
 * @hidden
 */
@Internal
public final class ActivationLayers {
  private ActivationLayers() {}

  /** The registry with these layers too. */
  public static Registry<Layer> addTo(Registry<Layer> layers) {
    return layers
        .add("Activation", ActivationLayer::from)
        .add("ReLU", ActivationLayer::ofClass)
        .add("LeakyReLU", ActivationLayer::ofClass)
        .add("ELU", ActivationLayer::ofClass)
        .add("PReLU", PRelu::from)
        .add("Softmax", Softmax::from);
  }
}
