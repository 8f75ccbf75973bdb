package org.lossbook.layer.convolution;

import org.lossbook.config.Settings;

/**
 * 1D depthwise convolution: slides kernels along each channel of a sequence by itself, {@link
 * #depthMultiplier} of them for each. {@code [l, c] -> [l', c · multiplier]}
 *
 * <p>Parameters: kernel {@code [length, c, multiplier]}, initially Glorot uniform; bias {@code [c ·
 * multiplier]}, zeros. {@code depthwiseConv1d(5)} on 3 channels has 18.
 *
 * @question What pattern does each channel of a sequence show by itself?
 * @use To look around in many channels cheaply.
 * @avoid When channels must be mixed: use {@link Conv1d}.
 */
public final class DepthwiseConv1d extends DepthwiseConvolution<DepthwiseConv1d> {
  public DepthwiseConv1d(int kernelSize) {
    super(kernelSize);
  }

  @Override
  public String kind() {
    return "depthwise_conv1d";
  }

  @Override
  String kerasClass() {
    return "DepthwiseConv1D";
  }

  static DepthwiseConv1d from(Settings settings) {
    return new DepthwiseConv1d(1).read(settings);
  }
}
