package org.lossbook.layer.convolution;

import org.lossbook.Internal;
import org.lossbook.config.Registry;
import org.lossbook.layer.Layer;

/**
 * The classes by which files name the layers of this package.
 *
 * @hidden
 */
@Internal
public final class ConvolutionLayers {
  private ConvolutionLayers() {}

  /** The registry with these layers too. */
  public static Registry<Layer> addTo(Registry<Layer> layers) {
    return layers.add("Conv2D", Conv2d::from).add("Conv2DTranspose", Conv2dTranspose::from);
  }
}
