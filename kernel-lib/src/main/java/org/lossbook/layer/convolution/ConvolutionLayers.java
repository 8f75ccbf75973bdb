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
    return layers
        .add("Conv1D", Conv1d::from)
        .add("Conv2D", Conv2d::from)
        .add("Conv3D", Conv3d::from)
        .add("Conv1DTranspose", Conv1dTranspose::from)
        .add("Conv2DTranspose", Conv2dTranspose::from)
        .add("Conv3DTranspose", Conv3dTranspose::from)
        .add("DepthwiseConv1D", DepthwiseConv1d::from)
        .add("DepthwiseConv2D", DepthwiseConv2d::from)
        .add("SeparableConv1D", SeparableConv1d::from)
        .add("SeparableConv2D", SeparableConv2d::from);
  }
}
