package org.lossbook.layer.convolution;

import org.lossbook.config.Settings;

/**
 * 2D transposed convolution, also called deconvolution: enlarges an image by learned kernels, as
 * the second half of an autoencoder or of a segmentation network does. Each pixel adds its number
 * times a kernel to the output, {@code strides} pixels after the one before; φ of that sum plus a
 * bias is the output. {@code [h, w, in] -> [h', w', filters]}, where h' = (h − 1) · stride +
 * max(kernel, stride), and with {@link #same} h · stride.
 *
 * <p>Parameters: kernel {@code [height, width, filters, in]}, initially Glorot uniform; bias {@code
 * [filters]}, zeros. {@code conv2dTranspose(16, 3).strides(2).same()} takes 7×7×32 to 14×14×16 with
 * 4,624.
 *
 * @question How can an image be enlarged by learning?
 * @use In autoencoders, generators and segmentation.
 * @avoid When checkerboard patterns disturb: {@code upSampling2d} before a convolution.
 */
public final class Conv2dTranspose extends TransposedConvolution<Conv2dTranspose> {
  public Conv2dTranspose(int filters, int kernelHeight, int kernelWidth) {
    super(filters, kernelHeight, kernelWidth);
  }

  @Override
  public String kind() {
    return "conv2d_transpose";
  }

  @Override
  String kerasClass() {
    return "Conv2DTranspose";
  }

  static Conv2dTranspose from(Settings settings) {
    return new Conv2dTranspose(settings.integer("filters"), 1, 1).read(settings);
  }
}
