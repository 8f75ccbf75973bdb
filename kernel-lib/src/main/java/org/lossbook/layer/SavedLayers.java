package org.lossbook.layer;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.lossbook.Internal;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.config.Shown;

/**
 * The layers that a file may name, by Keras's classes: a new one is one line here.
 *
 * @hidden
 */
@Internal
public final class SavedLayers {
  private static final Map<String, Function<Settings, Layer>> BY_CLASS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("InputLayer", Input::from),
              Map.entry("Dense", Dense::from),
              Map.entry("Conv2D", Conv2d::from),
              Map.entry("MaxPooling2D", MaxPooling2d::read),
              Map.entry("AveragePooling2D", AveragePooling2d::read),
              Map.entry("GlobalMaxPooling2D", GlobalMaxPooling2d::read),
              Map.entry("GlobalAveragePooling2D", GlobalAveragePooling2d::read),
              Map.entry("BatchNormalization", BatchNormalization::from),
              Map.entry("Dropout", Dropout::from),
              Map.entry("Add", settings -> new Add()),
              Map.entry("Subtract", settings -> new Subtract()),
              Map.entry("Multiply", settings -> new Multiply()),
              Map.entry("Average", settings -> new Average()),
              Map.entry("Maximum", settings -> new Maximum()),
              Map.entry("Minimum", settings -> new Minimum()),
              Map.entry("Concatenate", Concatenate::from),
              Map.entry("Dot", Dot::from),
              Map.entry("SpatialDropout2D", SpatialDropout2d::from),
              Map.entry("GaussianDropout", GaussianDropout::from),
              Map.entry("GaussianNoise", GaussianNoise::from),
              Map.entry("Flatten", Flatten::from),
              Map.entry("Reshape", Reshape::from),
              Map.entry("Activation", ActivationLayer::from),
              Map.entry("ReLU", ActivationLayer::ofClass),
              Map.entry("LeakyReLU", ActivationLayer::ofClass),
              Map.entry("ELU", ActivationLayer::ofClass),
              Map.entry("Softmax", ActivationLayer::ofClass)));

  private SavedLayers() {}

  /** Keras's classes that there is a layer for. */
  public static Set<String> classes() {
    return BY_CLASS.keySet();
  }

  /**
   * The layer that a file says, under its name there.
   *
   * @throws IllegalArgumentException where Lossbook has no such layer, or a setting of it means
   *     something that Lossbook does not support: names it
   */
  public static Layer read(Config config) {
    Function<Settings, Layer> reader = BY_CLASS.get(config.className());
    if (reader == null) {
      throw new IllegalArgumentException(
          config.className().equals("Lambda")
              ? "Lambda is a layer with code of its own, which is never run from a file: build the model without it and load its weights with loadWeights."
              : "Lossbook has no layer %s: it has %s."
                  .formatted(Shown.text(config.className()), BY_CLASS.keySet()));
    }
    var settings = new Settings(config);
    String name = settings.text("name", "");
    settings.float32();
    boolean isTrained = settings.flag("trainable", true);
    Layer read = reader.apply(settings);
    settings.end();
    Layer layer = isTrained ? read : read.frozen();
    return name.isEmpty() ? layer : layer.named(name);
  }
}
