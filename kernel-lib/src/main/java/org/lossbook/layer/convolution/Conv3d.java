package org.lossbook.layer.convolution;

import org.lossbook.config.Settings;
import org.lossbook.engine.Window.Padding;

/**
 * 3D convolution: slides {@code filters} small kernels through a volume, such as a scan or a film.
 * Each output is φ of the sum of voxel times weight over the kernel's window and all channels, plus
 * a bias. {@code [d, h, w, in] -> [d', h', w', filters]}
 *
 * <p>Parameters: kernel {@code [depth, height, width, in / groups, filters]}, initially Glorot
 * uniform; bias {@code [filters]}, zeros. {@code conv3d(8, 3)} on a volume with one channel has 224
 * and turns 16×28×28 into 14×26×26.
 *
 * @question Where in a volume does a small pattern occur?
 * @use For scans and short films.
 * @avoid When memory is short: slices with {@link Conv2d} are far cheaper.
 */
public final class Conv3d extends Convolution<Conv3d> {
  public Conv3d(int filters, int kernelDepth, int kernelHeight, int kernelWidth) {
    super(filters, kernelDepth, kernelHeight, kernelWidth);
  }

  @Override
  public String kind() {
    return "conv3d";
  }

  @Override
  String kerasClass() {
    return "Conv3D";
  }

  static Conv3d from(Settings settings) {
    return new Conv3d(settings.integer("filters"), 1, 1, 1)
        .read(settings, Padding.VALID, Padding.SAME);
  }
}
