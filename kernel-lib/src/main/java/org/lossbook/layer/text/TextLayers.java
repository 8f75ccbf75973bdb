package org.lossbook.layer.text;

import org.lossbook.Internal;
import org.lossbook.config.Registry;
import org.lossbook.layer.Layer;

/**
 * The classes by which files name the layers of this package.
 *
 * @hidden
 */
@Internal
public final class TextLayers {
  private TextLayers() {}

  /** The registry with these layers too. */
  public static Registry<Layer> addTo(Registry<Layer> layers) {
    return layers
        .add("TextVectorization", TextVectorization::from)
        .add("StringLookup", StringLookup::from)
        .add("IntegerLookup", IntegerLookup::from)
        .add("Hashing", Hashing::from);
  }
}
