package org.lossbook.layer.rnn;

import org.lossbook.config.Settings;

/**
 * An LSTM of sequences of images, such as films: the products of {@link Lstm} with input and state
 * are convolutions, so that its states are images too (Shi et al. 2015). {@code [steps, h, w, in]
 * -> [h', w', filters]}
 *
 * <p>{@link #returnSequences()} gives the output of every step. Parameters: kernel and
 * recurrent_kernel {@code [extents, channels, 4 · filters]}, initially Glorot uniform and
 * orthogonal; bias {@code [4 · filters]}, zeros, and ones for the forget gate. {@code convLstm2d(8,
 * 3)} on grey films has 2,624.
 *
 * @question What happens next in a film?
 * @use For films and radar images.
 * @avoid For single images: use a convolution.
 */
public final class ConvLstm2d extends ConvLstm<ConvLstm2d> {
  public ConvLstm2d(int filters, int kernelHeight, int kernelWidth) {
    super(filters, kernelHeight, kernelWidth);
  }

  @Override
  public String kind() {
    return "conv_lstm2d";
  }

  @Override
  String kerasClass() {
    return "ConvLSTM2D";
  }

  static ConvLstm2d from(Settings settings) {
    return new ConvLstm2d(settings.integer("filters"), 1, 1).read(settings);
  }
}
