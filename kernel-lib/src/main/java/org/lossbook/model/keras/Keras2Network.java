package org.lossbook.model.keras;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.lossbook.base.Messages;
import org.lossbook.config.Shown;
import org.lossbook.io.Json;

/** Translates a network's config from Keras 2 to Keras 3. */
final class Keras2Network {
  private static final Set<String> MODELS = Set.of("Sequential", "Functional", "Model");
  private static final String LAYERS = "layers";
  private static final String CONFIG = "config";
  private static final String NODES = "inbound_nodes";

  /** Each layer's class by its name. */
  private final Map<String, String> classes = new HashMap<>();

  /** The index of the first call of each layer whose output is used. */
  private final Map<String, Long> first = new HashMap<>();

  private Keras2Network() {}

  /** A layer's name without slashes, which Keras 2 allowed. */
  static String name(String saved) {
    return saved.replace('/', '_');
  }

  /**
   * Translates a model, or a model used as a layer.
   *
   * @throws IllegalArgumentException if it cannot be translated; the message says what it is
   */
  static Map<String, Object> translated(Map<String, Object> saved) {
    String className = text(saved, "class_name");
    Map<String, Object> object = new LinkedHashMap<>(saved);
    if (!MODELS.contains(className)) {
      return Keras2Layer.translated(object, className);
    }
    // Until Keras 2.2 the config of a sequential model was the list of its layers.
    Map<String, Object> config =
        saved.get(CONFIG) instanceof List<?> layers
            ? new LinkedHashMap<>(Map.of("name", "sequential", LAYERS, layers))
            : new LinkedHashMap<>(Json.object(CONFIG, saved.getOrDefault(CONFIG, "")));
    Json.get(config, "name").ifPresent(name -> config.put("name", name(name.toString())));
    List<Object> layers = Json.list(LAYERS, config.getOrDefault(LAYERS, ""));
    object.put(CONFIG, config);
    if (className.equals("Sequential")) {
      config.put(LAYERS, sequential(config, layers));
    } else {
      object.put("class_name", "Functional"); // which was called Model until Keras 2.3
      new Keras2Network().branching(config, layers);
    }
    return object;
  }

  /** The output layers of a translated model; a sequential one has one. */
  static List<String> outputs(Map<String, Object> model) {
    Map<String, Object> config = Json.object(CONFIG, model.getOrDefault(CONFIG, ""));
    return config.get("output_layers") instanceof List<?>
        ? ends(config, "output_layers").stream().map(end -> String.valueOf(end.get(0))).toList()
        : List.of("");
  }

  private static List<Object> sequential(Map<String, Object> config, List<Object> saved) {
    List<Object> layers = new ArrayList<>();
    saved.forEach(layer -> layers.add(translated(Json.object("a layer", layer))));
    if (saved.isEmpty() || Keras2Layer.isInput(saved.get(0))) {
      return layers;
    }
    Object shape =
        inputShape(saved.get(0))
            .or(() -> Json.get(config, "build_input_shape"))
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "its first layer has no input shape, so it was saved before it had weights: in"
                            + " Python call it on a batch, and save it again"));
    layers.add(0, Keras2Layer.input(shape));
    return layers;
  }

  /** The input shape that the first layer declares. */
  private static Optional<Object> inputShape(Object layer) {
    Map<String, Object> object = Json.object("a layer", layer);
    if (!(object.get(CONFIG) instanceof Map<?, ?> map)) {
      return Optional.empty();
    }
    Map<String, Object> config = Json.object(CONFIG, map);
    Optional<Object> own = Json.get(config, "batch_input_shape");
    boolean isModel = own.isEmpty() && MODELS.contains(text(object, "class_name"));
    return isModel && config.get(LAYERS) instanceof List<?> inner && !inner.isEmpty()
        ? inputShape(inner.get(0)).or(() -> Json.get(config, "build_input_shape"))
        : own;
  }

  private void branching(Map<String, Object> config, List<Object> saved) {
    List<Map<String, Object>> layers = new ArrayList<>();
    for (Object each : saved) {
      Map<String, Object> layer = Json.object("a layer", each);
      Keras2Layer.refuseOperation(layer, text(layer, "class_name"));
      classes.put(text(layer, "name"), text(layer, "class_name"));
      layers.add(layer);
    }
    layers.forEach(layer -> nodes(layer).forEach(node -> values(node).forEach(this::count)));
    ends(config, "output_layers").forEach(this::count);
    List<Object> all = new ArrayList<>();
    for (Map<String, Object> layer : layers) {
      Map<String, Object> object = translated(layer);
      object.put("name", name(text(layer, "name")));
      List<Object> uses = new ArrayList<>();
      nodes(layer).forEach(node -> uses.add(use(text(layer, "name"), node)));
      object.put(NODES, uses);
      all.add(object);
    }
    config.put(LAYERS, all);
    for (String which : List.of("input_layers", "output_layers")) {
      List<Object> ends = new ArrayList<>();
      ends(config, which).forEach(end -> ends.add(history(end, true)));
      config.put(which, ends);
    }
  }

  private static List<Object> nodes(Map<String, Object> layer) {
    return Json.list(NODES, layer.getOrDefault(NODES, List.of()));
  }

  /**
   * The inputs of one call of a layer, each with the name of a layer, the index of its call and of
   * its output.
   */
  private static List<List<Object>> values(Object node) {
    List<List<Object>> values = new ArrayList<>();
    for (Object value : Json.list("a node", node)) {
      values.add(Json.list("a value", value));
    }
    return values;
  }

  /** One value, or a list of them. */
  private static List<List<Object>> ends(Map<String, Object> config, String which) {
    List<Object> saved = Json.list(which, config.getOrDefault(which, ""));
    return !saved.isEmpty() && saved.get(0) instanceof String ? List.of(saved) : values(saved);
  }

  private void count(List<Object> value) {
    if (value.size() >= 3
        && value.get(0) instanceof String name
        && value.get(1) instanceof Long use) {
      first.merge(name, use, Math::min);
    }
  }

  /**
   * The origin of a value. Keras 2 counts the building of a model as its first call; Keras 3 does
   * so for branching models only, and only at the inputs and outputs.
   */
  private List<Object> history(List<Object> value, boolean isEnd) {
    if (value.size() < 3
        || !(value.get(0) instanceof String name)
        || !(value.get(1) instanceof Long use)) {
      throw new IllegalArgumentException(
          "it has a value that no layer computes: " + Shown.of(value));
    }
    String className = classes.getOrDefault(name, "");
    boolean isModel = MODELS.contains(className);
    long from = isModel && first.getOrDefault(name, 0L) > 0 ? use - 1 : use;
    boolean isCounted = isEnd && isModel && !className.equals("Sequential");
    return List.of(name(name), isCounted ? from + 1 : from, value.get(2));
  }

  private Map<String, Object> use(String layer, Object node) {
    List<Object> tensors = new ArrayList<>();
    Map<String, Object> named = new LinkedHashMap<>();
    for (List<Object> value : values(node)) {
      if ("_CONSTANT_VALUE".equals(value.isEmpty() ? "" : value.get(0))) {
        throw Messages.wrong(
            "%s is called with a constant, which a layer of Lossbook never is", Shown.text(layer));
      }
      Map<String, Object> tensor = new LinkedHashMap<>();
      tensor.put("class_name", "__keras_tensor__");
      tensor.put(CONFIG, Map.of("keras_history", history(value, false)));
      tensors.add(tensor);
      if (value.size() > 3) {
        named.putAll(Json.object("kwargs", value.get(3)));
      }
    }
    Map<String, Object> use = new LinkedHashMap<>();
    use.put("args", tensors.size() == 1 ? tensors : List.of(tensors));
    use.put("kwargs", named);
    return use;
  }

  private static String text(Map<String, Object> object, String name) {
    return Json.get(object, name)
        .filter(String.class::isInstance)
        .map(String.class::cast)
        .orElseThrow(() -> new IllegalArgumentException("one of its layers has no " + name));
  }
}
