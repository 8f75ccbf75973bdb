package org.lossbook.layer.rnn;

import java.util.Optional;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;

/**
 * The cell of a simple recurrent layer: one step of {@link SimpleRnn}, with the same settings and
 * parameters. {@code [n], [units] -> [units]}
 *
 * <p>{@code simpleRnnCell(64).of(x, h)} gives the new h, which is its output 1 too.
 *
 * @question What does a simple recurrent layer do in one step?
 * @use To build recurrent layers of your own.
 * @avoid For whole sequences: {@link SimpleRnn} is faster.
 */
public final class SimpleRnnCell extends SimpleRnnUnits<SimpleRnnCell> implements RecurrentCell {
  public SimpleRnnCell(int units) {
    super(units);
  }

  @Override
  public String kind() {
    return "simple_rnn_cell";
  }

  @Override
  Use use() {
    return new OneStep(kind(), cell());
  }

  @Override
  public Optional<Config> config() {
    return Optional.of(unitsIn(Config.of("keras.layers", "SimpleRNNCell")));
  }

  static SimpleRnnCell from(Settings settings) {
    return new SimpleRnnCell(settings.integer("units")).unitsFrom(settings);
  }
}
