package org.lossbook.layer.rnn;

import java.util.Optional;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;

/**
 * The cell of an LSTM: one step of {@link Lstm}, with the same settings and parameters. {@code [n],
 * [units], [units] -> [units]}
 *
 * <p>{@code lstmCell(64).of(x, h, c)} gives the new h; its outputs 1 and 2 are the new h and c.
 *
 * @question What does an LSTM do in one step?
 * @use To build recurrent layers of your own.
 * @avoid For whole sequences: {@link Lstm} is faster.
 */
public final class LstmCell extends LstmUnits<LstmCell> implements RecurrentCell {
  public LstmCell(int units) {
    super(units);
  }

  @Override
  public String kind() {
    return "lstm_cell";
  }

  @Override
  Use use() {
    return new OneStep(kind(), cell());
  }

  @Override
  public Optional<Config> config() {
    return Optional.of(lstmIn(Config.of("keras.layers", "LSTMCell")));
  }

  static LstmCell from(Settings settings) {
    return new LstmCell(settings.integer("units")).lstmFrom(settings);
  }
}
