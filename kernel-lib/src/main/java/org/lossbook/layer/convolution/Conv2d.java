package org.lossbook.layer.convolution;

import org.lossbook.config.Settings;
import org.lossbook.engine.Window.Padding;

/**
 * 2D convolution: slides {@code filters} small kernels over an image. Each output pixel is φ of the
 * sum of pixel times weight over the kernel's window and all channels, plus a bias. {@code [h, w,
 * in] -> [h', w', filters]}
 *
 * <p>Parameters: kernel {@code [height, width, in / groups, filters]}, initially Glorot uniform;
 * bias {@code [filters]}, zeros. {@code conv2d(32, 3)} on a greyscale image has 320 and turns 28×28
 * into 26×26.
 */
public final class Conv2d extends Convolution<Conv2d> {
  public Conv2d(int filters, int kernelHeight, int kernelWidth) {
    super(filters, kernelHeight, kernelWidth);
  }

  @Override
  public String kind() {
    return "conv2d";
  }

  @Override
  String kerasClass() {
    return "Conv2D";
  }

  static Conv2d from(Settings settings) {
    return new Conv2d(settings.integer("filters"), 1, 1)
        .read(settings, Padding.VALID, Padding.SAME);
  }
}
