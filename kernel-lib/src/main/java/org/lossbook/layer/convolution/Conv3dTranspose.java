package org.lossbook.layer.convolution;

import org.lossbook.config.Settings;

/**
 * 3D transposed convolution: enlarges a volume by learned kernels. Each voxel adds its number times
 * a kernel to the output, {@code strides} voxels after the one before; φ of that sum plus a bias is
 * the output. {@code [d, h, w, in] -> [d', h', w', filters]}, each extent as in {@link
 * Conv2dTranspose}.
 *
 * <p>Parameters: kernel {@code [depth, height, width, filters, in]}, initially Glorot uniform; bias
 * {@code [filters]}, zeros. {@code conv3dTranspose(4, 2).strides(2)} takes 8×8×8×16 to 16×16×16×4
 * with 516.
 *
 * @question How can a volume be enlarged by learning?
 * @use In autoencoders and segmentation of volumes.
 * @avoid When memory is short: {@code upSampling3d} has no weights.
 */
public final class Conv3dTranspose extends TransposedConvolution<Conv3dTranspose> {
  public Conv3dTranspose(int filters, int kernelDepth, int kernelHeight, int kernelWidth) {
    super(filters, kernelDepth, kernelHeight, kernelWidth);
  }

  @Override
  public String kind() {
    return "conv3d_transpose";
  }

  @Override
  String kerasClass() {
    return "Conv3DTranspose";
  }

  static Conv3dTranspose from(Settings settings) {
    return new Conv3dTranspose(settings.integer("filters"), 1, 1, 1).read(settings);
  }
}
