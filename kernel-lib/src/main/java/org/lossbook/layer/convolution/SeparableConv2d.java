package org.lossbook.layer.convolution;

import org.lossbook.config.Settings;

/**
 * 2D separable convolution: a depthwise one, which looks around in each channel of an image, then
 * one of a single position, which mixes the channels, plus a bias, then φ. It does nearly what a
 * convolution does, with a fraction of the weights (Chollet, 2017). {@code [h, w, in] -> [h', w',
 * filters]}
 *
 * <p>Parameters: depthwise_kernel {@code [height, width, in, multiplier]} and pointwise_kernel
 * {@code [1, 1, in · multiplier, filters]}, initially Glorot uniform; bias {@code [filters]},
 * zeros. {@code separableConv2d(64, 3)} on 32 channels has 2,400, where {@code conv2d(64, 3)} has
 * 18,496.
 *
 * @question How can a convolution of images cost less?
 * @use In small networks such as Xception.
 * @avoid With few channels: there is little to save.
 */
public final class SeparableConv2d extends SeparableConvolution<SeparableConv2d> {
  public SeparableConv2d(int filters, int kernelHeight, int kernelWidth) {
    super(filters, kernelHeight, kernelWidth);
  }

  @Override
  public String kind() {
    return "separable_conv2d";
  }

  @Override
  String kerasClass() {
    return "SeparableConv2D";
  }

  static SeparableConv2d from(Settings settings) {
    return new SeparableConv2d(settings.integer("filters"), 1, 1).read(settings);
  }
}
