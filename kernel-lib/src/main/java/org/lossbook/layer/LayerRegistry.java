package org.lossbook.layer;

import java.util.function.Function;
import org.lossbook.Internal;
import org.lossbook.config.Registry;
import org.lossbook.config.Settings;

/**
 * The layers that a file may name: a new one is a line here.
 *
 * @hidden
 */
@Internal
public final class LayerRegistry {
  /** By Keras's classes. */
  public static final Registry<Layer> LAYERS =
      Registry.<Layer>of("layer", "keras.layers")
          .common(LayerRegistry::common)
          .refuse(
              "Lambda",
              "Lambda is a layer with code of its own, which is never run from a file: build the model without it and load its weights with loadWeights.")
          .add("InputLayer", Input::from)
          .add("Dense", Dense::from)
          .add("Conv2D", Conv2d::from)
          .add("MaxPooling2D", MaxPooling2d::from)
          .add("AveragePooling2D", AveragePooling2d::from)
          .add("GlobalMaxPooling2D", GlobalMaxPooling2d::from)
          .add("GlobalAveragePooling2D", GlobalAveragePooling2d::from)
          .add("BatchNormalization", BatchNormalization::from)
          .add("Dropout", Dropout::from)
          .add("Add", settings -> new Add())
          .add("Subtract", settings -> new Subtract())
          .add("Multiply", settings -> new Multiply())
          .add("Average", settings -> new Average())
          .add("Maximum", settings -> new Maximum())
          .add("Minimum", settings -> new Minimum())
          .add("Concatenate", Concatenate::from)
          .add("Dot", Dot::from)
          .add("SpatialDropout2D", SpatialDropout2d::from)
          .add("GaussianDropout", GaussianDropout::from)
          .add("GaussianNoise", GaussianNoise::from)
          .add("Flatten", Flatten::from)
          .add("Reshape", Reshape::from)
          .add("Activation", ActivationLayer::from)
          .add("ReLU", ActivationLayer::ofClass)
          .add("LeakyReLU", ActivationLayer::ofClass)
          .add("ELU", ActivationLayer::ofClass)
          .add("Softmax", ActivationLayer::ofClass);

  private LayerRegistry() {}

  private static Layer common(Settings settings, Function<Settings, Layer> from) {
    String name = settings.text("name", "");
    settings.float32();
    boolean isTrained = settings.flag("trainable", true);
    Layer read = from.apply(settings);
    Layer layer = isTrained ? read : read.frozen();
    return name.isEmpty() ? layer : layer.named(name);
  }
}
