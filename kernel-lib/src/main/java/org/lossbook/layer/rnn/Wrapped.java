package org.lossbook.layer.rnn;

import java.util.Map;
import java.util.Optional;
import org.lossbook.config.Config;
import org.lossbook.config.Registry;
import org.lossbook.config.Settings;
import org.lossbook.layer.Layer;

/** Layers within other layers, in files. */
final class Wrapped {
  private Wrapped() {}

  /** The config of a layer with its name, if it has one. */
  static Optional<Config> config(Layer layer) {
    return layer
        .config()
        .map(inner -> layer.name().map(name -> inner.after(Map.of("name", name))).orElse(inner))
        .map(inner -> layer.isFrozen() ? inner.with("trainable", false) : inner);
  }

  /** The layer that a setting holds. */
  static Layer layer(Settings settings, String name, Registry<Layer> layers) {
    return layers.read(
        settings.config(name).orElseGet(() -> settings.wrong(name, "a layer", "None")));
  }

  /** The cell that a setting holds. */
  static RecurrentCell cell(Settings settings, String name, Object saved, Registry<Layer> layers) {
    if (saved instanceof Config config && layers.read(config) instanceof RecurrentCell cell) {
      return cell;
    }
    return settings.wrong(
        name, "a cell", saved instanceof Config config ? config.className() : saved);
  }
}
