package org.lossbook.layer.rnn;

import org.lossbook.config.Config;
import org.lossbook.config.Registry;
import org.lossbook.config.Settings;
import org.lossbook.layer.Layer;

/** Cells within other layers, in files. */
final class Wrapped {
  private Wrapped() {}

  /** The cell that a setting holds. */
  static RecurrentCell cell(Settings settings, String name, Object saved, Registry<Layer> layers) {
    if (saved instanceof Config config && layers.read(config) instanceof RecurrentCell cell) {
      return cell;
    }
    return settings.wrong(
        name, "a cell", saved instanceof Config config ? config.className() : saved);
  }
}
