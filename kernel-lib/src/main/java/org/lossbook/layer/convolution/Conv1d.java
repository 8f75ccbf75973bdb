package org.lossbook.layer.convolution;

import org.lossbook.config.Settings;
import org.lossbook.engine.Window.Padding;

/**
 * 1D convolution: slides {@code filters} short kernels along a sequence. Each output step is φ of
 * the sum of input times weight over the kernel's window and all channels, plus a bias. {@code [l,
 * in] -> [l', filters]}
 *
 * <p>Parameters: kernel {@code [length, in / groups, filters]}, initially Glorot uniform; bias
 * {@code [filters]}, zeros. {@code conv1d(32, 5)} on 100 steps of 3 channels has 512 and gives 96
 * steps.
 *
 * @question Where in a sequence does a short pattern occur?
 * @use For signals, series and texts.
 * @avoid When far apart steps belong together: use attention or a recurrent layer.
 */
public final class Conv1d extends Convolution<Conv1d> {
  public Conv1d(int filters, int kernelSize) {
    super(filters, kernelSize);
  }

  /**
   * Zero padding before the first step alone, so that no output depends on a later input: what a
   * model that continues a sequence needs (van den Oord et al., 2016).
   */
  public Conv1d causal() {
    return withWindow(window().padding(Padding.CAUSAL));
  }

  @Override
  public String kind() {
    return "conv1d";
  }

  @Override
  String kerasClass() {
    return "Conv1D";
  }

  static Conv1d from(Settings settings) {
    return new Conv1d(settings.integer("filters"), 1).read(settings, Padding.values());
  }
}
