package org.lossbook.layer.convolution;

import org.lossbook.config.Settings;

/**
 * 1D separable convolution: a depthwise one, which looks around in each channel of a sequence, then
 * one of a single position, which mixes the channels, plus a bias, then φ. It does nearly what a
 * convolution does, with a fraction of the weights (Chollet, 2017). {@code [l, in] -> [l',
 * filters]}
 *
 * <p>Parameters: depthwise_kernel {@code [length, in, multiplier]} and pointwise_kernel {@code [1,
 * in · multiplier, filters]}, initially Glorot uniform; bias {@code [filters]}, zeros. {@code
 * separableConv1d(16, 5)} on 8 channels has 184.
 *
 * @question How can a convolution of sequences cost less?
 * @use In small networks for signals.
 * @avoid With few channels: there is little to save.
 */
public final class SeparableConv1d extends SeparableConvolution<SeparableConv1d> {
  public SeparableConv1d(int filters, int kernelSize) {
    super(filters, kernelSize);
  }

  @Override
  public String kind() {
    return "separable_conv1d";
  }

  @Override
  String kerasClass() {
    return "SeparableConv1D";
  }

  static SeparableConv1d from(Settings settings) {
    return new SeparableConv1d(settings.integer("filters"), 1).read(settings);
  }
}
