package org.lossbook.layer.merging;

import org.lossbook.Internal;
import org.lossbook.config.Registry;
import org.lossbook.layer.Layer;

/**
 * The classes by which files name the layers of this package.
 *
 * @hidden
 */
@Internal
public final class MergingLayers {
  private MergingLayers() {}

  /** The registry with these layers too. */
  public static Registry<Layer> addTo(Registry<Layer> layers) {
    return layers
        .add("Add", settings -> new Add())
        .add("Subtract", settings -> new Subtract())
        .add("Multiply", settings -> new Multiply())
        .add("Average", settings -> new Average())
        .add("Maximum", settings -> new Maximum())
        .add("Minimum", settings -> new Minimum())
        .add("Concatenate", Concatenate::from)
        .add("Dot", Dot::from)
        .add("CustomScaleLayer", ScaledResidual::from);
  }
}
