package org.lossbook.layer.saved;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.lossbook.Internal;
import org.lossbook.config.Registry;
import org.lossbook.config.Settings;
import org.lossbook.engine.Shapes;
import org.lossbook.layer.Input;
import org.lossbook.layer.Layer;
import org.lossbook.layer.activation.ActivationLayers;
import org.lossbook.layer.applications.ApplicationLayers;
import org.lossbook.layer.attention.AttentionLayers;
import org.lossbook.layer.convolution.ConvolutionLayers;
import org.lossbook.layer.core.CoreLayers;
import org.lossbook.layer.merging.MergingLayers;
import org.lossbook.layer.normalization.NormalizationLayers;
import org.lossbook.layer.pooling.PoolingLayers;
import org.lossbook.layer.preprocessing.PreprocessingLayers;
import org.lossbook.layer.preprocessing.RandomImageLayers;
import org.lossbook.layer.regularization.RegularizationLayers;
import org.lossbook.layer.reshaping.ReshapingLayers;
import org.lossbook.layer.rnn.RecurrentLayers;
import org.lossbook.layer.text.TextLayers;

/**
 * The layers that a file may name. A new layer is a line in the class that its package adds here.
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
          .add("InputLayer", LayerRegistry::input)
          .including(CoreLayers::addTo)
          .including(ActivationLayers::addTo)
          .including(MergingLayers::addTo)
          .including(PoolingLayers::addTo)
          .including(ConvolutionLayers::addTo)
          .including(NormalizationLayers::addTo)
          .including(PreprocessingLayers::addTo)
          .including(RandomImageLayers::addTo)
          .including(RegularizationLayers::addTo)
          .including(ReshapingLayers::addTo)
          .including(RecurrentLayers::addTo)
          .including(TextLayers::addTo)
          .including(ApplicationLayers::addTo)
          .including(AttentionLayers::addTo);

  /** Those that give whole numbers, which Keras 2 has as integers and Lossbook as floats. */
  private static final Set<String> WHOLE =
      Set.of(
          "Discretization",
          "CategoryEncoding",
          "IntegerLookup",
          "Hashing",
          "StringLookup",
          "TextVectorization");

  private LayerRegistry() {}

  private static Layer common(Settings settings, Function<Settings, Layer> from) {
    String name = settings.text("name", "");
    if (WHOLE.contains(settings.className())) {
      settings.ignore("dtype");
    } else if (!settings.className().equals("InputLayer")) { // which takes whole numbers and texts
      settings.float32();
    }
    boolean isTrained = settings.flag("trainable", true);
    Layer read = from.apply(settings);
    Layer layer = isTrained ? read : read.frozen();
    return name.isEmpty() ? layer : layer.named(name);
  }

  private static Input input(Settings settings) {
    boolean isOfTexts = settings.text("dtype", "float32").equals("string");
    if (!isOfTexts) {
      // Whole numbers, such as words, are floats here.
      settings.requireOneOf(
          "dtype", "float32", "int32", "int64", "int16", "int8", "uint8", "uint16", "uint32");
    }
    Object value =
        settings
            .value("batch_shape")
            .orElseGet(() -> settings.value("batch_input_shape").orElse("none"));
    if (!(value instanceof List<?> batched) || batched.isEmpty()) {
      return settings.wrong("batch_shape", "[None, …]", value);
    }
    int[] shape =
        batched.stream()
            .skip(1)
            .mapToInt(
                extent ->
                    extent instanceof Number number && number.doubleValue() == number.intValue()
                        ? number.intValue()
                        : Optional.empty().equals(extent)
                            ? Shapes.ANY
                            : settings.wrong("batch_shape", "numbers or None", value))
            .toArray();
    if (!isOfTexts) {
      return new Input(shape);
    }
    return shape.length == 0 || shape.length == 1 && shape[0] > 0
        ? Input.ofTexts(shape.length == 0 ? 1 : shape[0])
        : settings.wrong("batch_shape", "[None, 1] for texts", value);
  }
}
