package org.lossbook.layer.attention;

import org.lossbook.Internal;
import org.lossbook.config.Registry;
import org.lossbook.layer.Layer;

/**
 * The classes by which files name the layers of this package.
 *
 * @hidden
 */
@Internal
public final class AttentionLayers {
  private AttentionLayers() {}

  /** The registry with these layers too. */
  public static Registry<Layer> addTo(Registry<Layer> layers) {
    return layers
        .add("Attention", DotAttention::from)
        .add("AdditiveAttention", AdditiveAttention::from)
        .add("MultiHeadAttention", MultiHeadAttention::from)
        .add("GroupQueryAttention", GroupedQueryAttention::from)
        .addLossbookOnly("PositionEmbedding", PositionEmbedding::from)
        .addLossbookOnly("SinePositions", SinePositions::from);
  }
}
