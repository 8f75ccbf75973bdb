package org.lossbook.layer.convolution;

import org.lossbook.config.Settings;

/**
 * 1D transposed convolution: lengthens a sequence by learned kernels, as the second half of an
 * autoencoder of signals does. Each step adds its number times a kernel to the output, {@code
 * strides} steps after the one before; φ of that sum plus a bias is the output. {@code [l, in] ->
 * [l', filters]}, where l' = (l − 1) · stride + max(kernel, stride), and with {@link #same} l ·
 * stride.
 *
 * <p>Parameters: kernel {@code [length, filters, in]}, initially Glorot uniform; bias {@code
 * [filters]}, zeros. {@code conv1dTranspose(16, 4).strides(2).same()} takes 50×8 to 100×16 with
 * 528.
 *
 * @question How can a sequence be made longer by learning?
 * @use In the second half of an autoencoder of signals.
 * @avoid When repeating is enough: {@code upSampling1d} has no weights.
 */
public final class Conv1dTranspose extends TransposedConvolution<Conv1dTranspose> {
  public Conv1dTranspose(int filters, int kernelSize) {
    super(filters, kernelSize);
  }

  @Override
  public String kind() {
    return "conv1d_transpose";
  }

  @Override
  String kerasClass() {
    return "Conv1DTranspose";
  }

  static Conv1dTranspose from(Settings settings) {
    return new Conv1dTranspose(settings.integer("filters"), 1).read(settings);
  }
}
