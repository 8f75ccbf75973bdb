package org.lossbook.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lossbook.config.Config;
import org.lossbook.config.Shown;
import org.lossbook.layer.Input;
import org.lossbook.layer.Layer;
import org.lossbook.layer.SavedLayers;
import org.lossbook.model.file.Json;
import org.lossbook.model.file.ModelFileException;

/** A network as it stands in a file's {@code config.json}, in Keras's form. */
final class SavedNetwork {
  private static final Config FLOAT32 = Config.of("keras", "DTypePolicy").with("name", "float32");

  private SavedNetwork() {}

  /**
   * What a file says of a network.
   *
   * @throws ModelFileException where it has a layer that a file cannot hold: names it
   */
  static Map<String, Object> of(Network network) {
    if (!network.isRow()) {
      throw new ModelFileException(
          "save expects a model of layers one after the other but this one branches: save its weights with saveWeights.");
    }
    List<Object> layers = new ArrayList<>();
    int[] shape = network.inputShapes().get(0);
    layers.add(object("input_layer", new Input(shape), Optional.empty()));
    for (Network.Node node : network.nodes()) {
      layers.add(object(node.name(), node.layer(), Optional.of(node.inputShapes().get(0))));
    }
    Config model =
        Config.of("keras", "Sequential")
            .with("name", "sequential")
            .with("trainable", true)
            .with("dtype", FLOAT32)
            .with("layers", layers)
            .with("build_input_shape", batched(shape));
    return built(Json.keras(model), shape);
  }

  /** Keras's class of a layer. */
  static String className(String name, Layer layer) {
    return config(name, layer).className();
  }

  private static Config config(String name, Layer layer) {
    return layer
        .config()
        .orElseThrow(
            () ->
                new ModelFileException(
                    Say.of(
                        "save expects layers that a file can hold but %s, %s, is none: save its weights with saveWeights.",
                        name, layer)));
  }

  private static Map<String, Object> object(String name, Layer layer, Optional<int[]> input) {
    Map<String, Object> common = new LinkedHashMap<>();
    common.put("name", name);
    if (input.isPresent()) {
      common.put("trainable", true);
      common.put("dtype", FLOAT32);
    }
    Map<String, Object> object = Json.keras(config(name, layer).after(common));
    return input.map(shape -> built(object, shape)).orElse(object);
  }

  private static Map<String, Object> built(Map<String, Object> object, int[] shape) {
    object.put("build_config", Map.of("input_shape", batched(shape)));
    return object;
  }

  private static List<Object> batched(int[] shape) {
    List<Object> batched = new ArrayList<>();
    batched.add(Optional.empty());
    Arrays.stream(shape).forEach(batched::add);
    return batched;
  }

  /**
   * The network that a file says.
   *
   * @throws IllegalArgumentException where Lossbook has not what it says: names it
   */
  static Network read(Map<String, Object> root) {
    String className = Json.get(root, "class_name").map(Object::toString).orElse("nothing");
    if (!className.equals("Sequential")) {
      throw new IllegalArgumentException(
          "it is a model of the class %s, which Lossbook has not: it has Sequential"
              .formatted(Shown.text(className)));
    }
    Map<String, Object> config = Json.object("config", root.getOrDefault("config", ""));
    List<Object> saved = Json.list("layers", config.getOrDefault("layers", ""));
    List<Layer> layers = new ArrayList<>();
    for (Object layer : saved) {
      layers.add(SavedLayers.read(Json.config(Json.object("a layer", layer))));
    }
    return Wiring.inARow(layers);
  }

  /** Where a file has each layer's numbers: Keras counts the layers of each class. */
  static final class Places {
    private final Map<String, Integer> counts = new HashMap<>();

    String next(String className) {
      String snake = snakeCase(className);
      int count = counts.merge(snake, 1, Integer::sum) - 1;
      return count == 0 ? snake : snake + "_" + count;
    }

    /** MaxPooling2D is max_pooling2d, as Keras has it. */
    static String snakeCase(String className) {
      return className
          .replaceAll("\\W+", "")
          .replaceAll("(.)([A-Z][a-z]+)", "$1_$2")
          .replaceAll("([a-z])([A-Z])", "$1_$2")
          .toLowerCase(java.util.Locale.ROOT);
    }
  }
}
