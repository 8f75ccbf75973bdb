package org.lossbook.layer.rnn;

import org.lossbook.config.Settings;

/**
 * An LSTM of sequences of volumes: the products of {@link Lstm} with input and state are
 * convolutions, so that its states are volumes too (Shi et al. 2015). {@code [steps, d, h, w, in]
 * -> [d', h', w', filters]}
 *
 * <p>{@link #returnSequences()} gives the output of every step. Parameters: kernel and
 * recurrent_kernel {@code [extents, channels, 4 · filters]}, initially Glorot uniform and
 * orthogonal; bias {@code [4 · filters]}, zeros, and ones for the forget gate. {@code convLstm3d(2,
 * 3)} on volumes of 1 channel has 656.
 *
 * @question What happens next in a sequence of volumes?
 * @use For sequences of volumes.
 * @avoid When memory is short: it keeps states of full size.
 */
public final class ConvLstm3d extends ConvLstm<ConvLstm3d> {
  public ConvLstm3d(int filters, int kernelDepth, int kernelHeight, int kernelWidth) {
    super(filters, kernelDepth, kernelHeight, kernelWidth);
  }

  @Override
  public String kind() {
    return "conv_lstm3d";
  }

  @Override
  String kerasClass() {
    return "ConvLSTM3D";
  }

  static ConvLstm3d from(Settings settings) {
    return new ConvLstm3d(settings.integer("filters"), 1, 1, 1).read(settings);
  }
}
