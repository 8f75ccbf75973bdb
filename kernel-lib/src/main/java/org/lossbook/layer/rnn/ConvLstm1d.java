package org.lossbook.layer.rnn;

import org.lossbook.config.Settings;

/**
 * An LSTM of sequences of signals: the products of {@link Lstm} with input and state are
 * convolutions, so that its states are signals too (Shi et al. 2015). {@code [steps, length, in] ->
 * [length', filters]}
 *
 * <p>{@link #returnSequences()} gives the output of every step. Parameters: kernel and
 * recurrent_kernel {@code [extents, channels, 4 · filters]}, initially Glorot uniform and
 * orthogonal; bias {@code [4 · filters]}, zeros, and ones for the forget gate. {@code convLstm1d(8,
 * 3)} on signals of 2 channels has 992.
 *
 * @question What happens next in a sequence of signals?
 * @use For sequences of signals.
 * @avoid For single signals: use {@link Lstm}.
 */
public final class ConvLstm1d extends ConvLstm<ConvLstm1d> {
  public ConvLstm1d(int filters, int kernelSize) {
    super(filters, kernelSize);
  }

  @Override
  public String kind() {
    return "conv_lstm1d";
  }

  @Override
  String kerasClass() {
    return "ConvLSTM1D";
  }

  static ConvLstm1d from(Settings settings) {
    return new ConvLstm1d(settings.integer("filters"), 1).read(settings);
  }
}
