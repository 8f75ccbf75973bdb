package org.lossbook.layer;

import java.util.Map;
import java.util.Optional;
import org.lossbook.Internal;
import org.lossbook.config.Config;
import org.lossbook.config.Registry;
import org.lossbook.config.Settings;

/**
 * A layer within another one, in files.
 *
 * @hidden
 */
@Internal
public final class InnerLayer {
  private InnerLayer() {}

  /** The config of the layer with its name, if it has one. */
  public static Optional<Config> config(Layer layer) {
    return layer
        .config()
        .map(inner -> layer.name().map(name -> inner.after(Map.of("name", name))).orElse(inner))
        .map(inner -> layer.isFrozen() ? inner.with("trainable", false) : inner);
  }

  /** The layer that a setting holds. */
  public static Layer read(Settings settings, String name, Registry<Layer> layers) {
    return layers.read(
        settings.config(name).orElseGet(() -> settings.wrong(name, "a layer", "None")));
  }
}
