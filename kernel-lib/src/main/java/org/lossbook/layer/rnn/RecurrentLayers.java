package org.lossbook.layer.rnn;

import org.lossbook.Internal;
import org.lossbook.config.Registry;
import org.lossbook.layer.Layer;

/**
 * The classes by which files name the layers of this package.
 *
 * @hidden
 */
@Internal
public final class RecurrentLayers {
  private RecurrentLayers() {}

  /** The registry with these layers too. */
  public static Registry<Layer> addTo(Registry<Layer> layers) {
    return layers
        .add("LSTM", Lstm::from)
        .add("GRU", Gru::from)
        .add("SimpleRNN", SimpleRnn::from)
        .add("ConvLSTM1D", ConvLstm1d::from)
        .add("ConvLSTM2D", ConvLstm2d::from)
        .add("ConvLSTM3D", ConvLstm3d::from)
        .add("LSTMCell", LstmCell::from)
        .add("GRUCell", GruCell::from)
        .add("SimpleRNNCell", SimpleRnnCell::from)
        .addLossbookOnly("StackedRNNCells", StackedRnnCells::from)
        .addLossbookOnly("RNN", Rnn::from)
        .addLossbookOnly("Bidirectional", Bidirectional::from)
        .addLossbookOnly("TimeDistributed", TimeDistributed::from);
  }
}
