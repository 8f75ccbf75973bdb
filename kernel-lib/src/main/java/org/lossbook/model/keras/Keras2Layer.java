package org.lossbook.model.keras;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.lossbook.base.Messages;
import org.lossbook.config.Shown;
import org.lossbook.io.Json;

/** Translates a layer's config from Keras 2 to Keras 3. */
final class Keras2Layer {
  private static final String CONFIG = "config";
  private static final String CLASS = "class_name";
  private static final String BATCH_INPUT_SHAPE = "batch_input_shape";

  /** The layers that Keras 2 makes of TensorFlow operations such as {@code x * 2.}. */
  private static final Set<String> OPERATIONS =
      Set.of("TFOpLambda", "TensorFlowOpLayer", "SlicingOpLambda", "ClassMethod", "InstanceMethod");

  private static final Set<String> OF_KERAS_1 =
      Set.of("nb_filter", "border_mode", "init", "W_regularizer", "dim_ordering");

  private static final Map<String, String> CLASSES =
      Map.of(
          "BatchNormalizationV1", "BatchNormalization",
          "BatchNormalizationV2", "BatchNormalization",
          "max_norm", "MaxNorm",
          "maxnorm", "MaxNorm",
          "non_neg", "NonNeg",
          "nonneg", "NonNeg",
          "unit_norm", "UnitNorm",
          "unitnorm", "UnitNorm",
          "l1_l2", "L1L2");

  private Keras2Layer() {}

  /** Whether it is an input layer. */
  static boolean isInput(Object layer) {
    return "InputLayer".equals(Json.object("a layer", layer).get(CLASS));
  }

  /** The config of an input layer; the shape has the batch first. */
  static Map<String, Object> input(Object shape) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put(CLASS, "InputLayer");
    object.put(CONFIG, Map.of("batch_shape", shape, "dtype", "float32"));
    return object;
  }

  /** Rejects TensorFlow operations. */
  static void refuseOperation(Map<String, Object> object, String className) {
    if (OPERATIONS.contains(className)) {
      Map<String, Object> config = Json.object(CONFIG, object.getOrDefault(CONFIG, Map.of()));
      throw Messages.wrong(
          "%s is TensorFlow's operation %s between two layers, which stands for code, not a layer: build the model with layers instead, such as add or multiply, and take its weights with loadWeights",
          Shown.of(Json.get(config, "name").orElse("a layer")),
          Shown.of(Json.get(config, "function").orElse(className)));
    }
  }

  /** Translates a layer. */
  static Map<String, Object> translated(Map<String, Object> object, String className) {
    if (!(object.get(CONFIG) instanceof Map<?, ?> map)) {
      return object;
    }
    Map<String, Object> saved = Json.object(CONFIG, map);
    String name = Json.get(saved, "name").map(Object::toString).orElse(className);
    OF_KERAS_1.stream()
        .filter(saved::containsKey)
        .findFirst()
        .ifPresent(
            setting -> {
              throw Messages.wrong(
                  "%s has the setting %s of Keras 1: in Python load it with Keras 2.15 and save it again",
                  Shown.text(name), setting);
            });
    Map<String, Object> translated = object(object);
    Map<String, Object> config =
        new LinkedHashMap<>(Json.object(CONFIG, translated.getOrDefault(CONFIG, "")));
    Object shape = config.remove(BATCH_INPUT_SHAPE);
    if (className.equals("InputLayer") && shape != null) {
      config.put("batch_shape", shape);
    }
    config.computeIfPresent("name", (key, given) -> Keras2Network.name(given.toString()));
    translated.put(CONFIG, config);
    return translated;
  }

  /**
   * Translates an object and all objects in it: current class names, and numbers as people write
   * them.
   */
  static Map<String, Object> object(Map<String, Object> saved) {
    Map<String, Object> object = new LinkedHashMap<>();
    saved.forEach((name, value) -> object.put(name, value(value)));
    if (!(saved.get(CLASS) instanceof String className)) {
      return object;
    }
    object.put(CLASS, CLASSES.getOrDefault(className, className));
    if (object.get(CONFIG) instanceof Map<?, ?> map) {
      object.put(CONFIG, config(object.get(CLASS).toString(), Json.object(CONFIG, map)));
    }
    return object;
  }

  private static Map<String, Object> config(String className, Map<String, Object> saved) {
    Map<String, Object> config = new LinkedHashMap<>(saved);
    switch (className) {
      case "LeakyReLU" -> {
        if (config.containsKey("alpha")) {
          config.put("negative_slope", config.remove("alpha"));
        }
      }
      case "BatchNormalization" -> {
        config.remove("fused"); // a faster way to the same numbers
        config.computeIfPresent("axis", (key, axis) -> alone(axis));
      }
      case "Dot" -> config.computeIfPresent("axes", (key, axes) -> alone(axes));
      default -> config.replaceAll((key, value) -> "softmax_v2".equals(value) ? "softmax" : value);
    }
    return config;
  }

  /** The single number of a list of equal ones. */
  private static Object alone(Object value) {
    return value instanceof List<?> list && !list.isEmpty() && Set.copyOf(list).size() == 1
        ? list.get(0)
        : value;
  }

  private static Object value(Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> object = Json.object("a value", map);
      boolean isArray = "ndarray".equals(object.get("type")) && object.containsKey("value");
      return isArray ? value(object.get("value")) : object(object);
    }
    if (value instanceof List<?> list) {
      List<Object> values = new ArrayList<>();
      list.forEach(each -> values.add(value(each)));
      return values;
    }
    return value instanceof Double number ? meant(number) : value;
  }

  /**
   * Undoes rounding: Keras 2 kept settings in 32 bits and wrote 0.01 with all the digits of that.
   */
  private static Object meant(double number) {
    return number == (float) number ? Double.parseDouble(Float.toString((float) number)) : number;
  }

  /**
   * Whether that version writes the form of Keras 2; files without a version are of Keras 1 or 2.
   */
  static boolean isOf(Optional<String> version) {
    return version.map(number -> number.matches("[12]\\b.*")).orElse(true);
  }
}
