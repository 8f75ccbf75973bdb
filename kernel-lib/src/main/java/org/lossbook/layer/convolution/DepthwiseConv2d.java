package org.lossbook.layer.convolution;

import org.lossbook.config.Settings;

/**
 * 2D depthwise convolution: slides kernels over each channel of an image by itself, {@link
 * #depthMultiplier} of them for each; MobileNet consists of these and of convolutions of 1×1
 * (Howard et al., 2017). {@code [h, w, c] -> [h', w', c · multiplier]}
 *
 * <p>Parameters: kernel {@code [height, width, c, multiplier]}, initially Glorot uniform; bias
 * {@code [c · multiplier]}, zeros. {@code depthwiseConv2d(3)} on 32 channels has 320, where {@code
 * conv2d(32, 3)} has 9,248.
 *
 * @question What pattern does each channel of an image show by itself?
 * @use In small networks such as MobileNet.
 * @avoid When channels must be mixed: use {@link Conv2d}.
 */
public final class DepthwiseConv2d extends DepthwiseConvolution<DepthwiseConv2d> {
  public DepthwiseConv2d(int kernelHeight, int kernelWidth) {
    super(kernelHeight, kernelWidth);
  }

  @Override
  public String kind() {
    return "depthwise_conv2d";
  }

  @Override
  String kerasClass() {
    return "DepthwiseConv2D";
  }

  static DepthwiseConv2d from(Settings settings) {
    return new DepthwiseConv2d(1, 1).read(settings);
  }
}
