package org.lossbook.layer.rnn;

import java.util.Optional;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;

/**
 * The cell of a GRU: one step of {@link Gru}, with the same settings and parameters. {@code [n],
 * [units] -> [units]}
 *
 * <p>{@code gruCell(64).of(x, h)} gives the new h, which is its output 1 too.
 *
 * @question What does a GRU do in one step?
 * @use To build recurrent layers of your own.
 * @avoid For whole sequences: {@link Gru} is faster.
 */
public final class GruCell extends GruUnits<GruCell> implements RecurrentCell {
  public GruCell(int units) {
    super(units);
  }

  @Override
  public String kind() {
    return "gru_cell";
  }

  @Override
  Use use() {
    return new OneStep(kind(), cell());
  }

  @Override
  public Optional<Config> config() {
    return Optional.of(gruIn(Config.of("keras.layers", "GRUCell")));
  }

  static GruCell from(Settings settings) {
    return new GruCell(settings.integer("units")).gruFrom(settings);
  }
}
