package org.lossbook.model.keras;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.lossbook.base.Messages;
import org.lossbook.config.Config;
import org.lossbook.config.Shown;
import org.lossbook.io.Json;
import org.lossbook.layer.Input;
import org.lossbook.layer.Layer;
import org.lossbook.layer.Node;
import org.lossbook.layer.saved.LayerRegistry;
import org.lossbook.network.Network;
import org.lossbook.network.NetworkBuilder;
import org.lossbook.network.NetworkLayer;

/** Builds a network from a file's {@code config.json}. */
final class NetworkReader {
  private static final int MOST_LAYERS = 10_000;
  private static final Set<String> MODELS = Set.of("Functional", "Model");

  /** Operations on two values that exist as layers, and those that are element-wise functions. */
  private static final Set<String> JOINING =
      Set.of("Add", "Subtract", "Multiply", "Maximum", "Minimum", "Concatenate");

  private static final Set<String> FUNCTIONS =
      Set.of("Relu", "Sigmoid", "Tanh", "Silu", "Softplus");

  /**
   * The operations by which Keras computes masks, which it saves where a layer is called with one.
   */
  private static final Set<String> OF_MASKS =
      Set.of("NotEqual", "Any", "LogicalOr", "LogicalAnd", "ConvertToTensor", "Cast", "ExpandDims");

  private final Map<String, Layer> layers = new LinkedHashMap<>();

  /** The names of operations that compute masks. */
  private final Set<String> masks = new HashSet<>();

  private final Map<String, List<Object>> uses = new HashMap<>();

  /** The layers with the settings of their calls. */
  private final Map<String, Layer> calls = new HashMap<>();

  /** The outputs of each call of a layer, as far as they are known. */
  private final Map<String, List<Node>> values = new HashMap<>();

  /** The layers that wait for the output of a layer not built yet. */
  private final Map<String, Set<String>> waiting = new HashMap<>();

  private final Function<Network, ? extends NetworkLayer<?>> asLayer;

  /**
   * @param asLayer what a network within the network becomes
   */
  private NetworkReader(Function<Network, ? extends NetworkLayer<?>> asLayer) {
    this.asLayer = asLayer;
  }

  /**
   * The network that a file describes.
   *
   * @param asLayer what a network within the network becomes
   * @throws IllegalArgumentException if the file has something that Lossbook does not support; the
   *     message names it
   */
  static Network read(
      Map<String, Object> root, Function<Network, ? extends NetworkLayer<?>> asLayer) {
    return new NetworkReader(asLayer).network(root);
  }

  private Network network(Map<String, Object> root) {
    String className = Json.className(root);
    boolean isSequential = className.equals("Sequential");
    if (!isSequential && !MODELS.contains(className)) {
      throw Messages.wrong(
          "it is a model of the class %s, whose layers are Python code and not in the file. In Keras, save keras.Model(x, model.call(x)) instead, where x = keras.Input(shape) has the shape of a sample",
          Shown.text(className));
    }
    Map<String, Object> config = Json.object("config", root.getOrDefault("config", ""));
    List<Object> saved = Json.list("layers", config.getOrDefault("layers", ""));
    if (saved.size() > MOST_LAYERS) {
      throw new IllegalArgumentException("it has more than " + MOST_LAYERS + " layers");
    }
    return isSequential
        ? sequential(config, saved)
        : new NetworkReader(asLayer).branching(config, saved);
  }

  private Network sequential(Map<String, Object> config, List<Object> saved) {
    List<Layer> layers = new ArrayList<>();
    saved.forEach(layer -> layers.add(layer(Json.object("a layer", layer))));
    if (layers.isEmpty() || !(layers.get(0) instanceof Input)) {
      Object shape =
          Json.get(config, "build_input_shape")
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "it has no shape of an input, as it was saved before it was built: in"
                              + " Keras, put keras.Input(shape) before its layers, or call fit, and"
                              + " save it then"));
      layers.add(
          0,
          LayerRegistry.LAYERS.read(
              Config.of("keras.layers", "InputLayer").with("batch_shape", shape)));
    }
    return NetworkBuilder.sequential(layers);
  }

  private Layer layer(Map<String, Object> object) {
    if (!isModel(object)) {
      Config config = Json.config(object);
      return isOperation(config) ? operation(config) : LayerRegistry.LAYERS.read(config);
    }
    Map<String, Object> config = Json.object("config", object.getOrDefault("config", ""));
    NetworkLayer<?> model = asLayer.apply(network(object));
    Layer named = model.named(name(config));
    return Boolean.FALSE.equals(config.get("trainable")) ? named.frozen() : named;
  }

  /** Whether it is a model within the model. */
  static boolean isModel(Map<String, Object> object) {
    String className = Json.className(object);
    return className.equals("Sequential") || MODELS.contains(className);
  }

  /**
   * Whether it is an operation in the model's code, {@code x ** 2} or {@code keras.ops.relu(x)}.
   */
  static boolean isOperation(Config config) {
    return config.module().matches("keras\\.(src\\.)?ops\\..*")
        || FUNCTIONS.contains(config.className()) // an .h5 file names no modules
        || config.className().endsWith("OpLambda")
        || config.className().equals("TensorFlowOpLayer");
  }

  private static boolean isOfMasks(Map<String, Object> object) {
    return !isModel(object)
        && OF_MASKS.contains(Json.className(object))
        && isOperation(Json.config(object));
  }

  private static Layer operation(Config config) {
    boolean isFunction = FUNCTIONS.contains(config.className());
    Config layer =
        isFunction
            ? Config.of("keras.layers", "Activation")
                .with("activation", config.className().toLowerCase(Locale.ROOT))
                .with("name", config.get("name").orElse(""))
            : config;
    if (!isFunction && !JOINING.contains(config.className())) {
      throw notALayer(config.get("name").orElse("a layer").toString(), config.className());
    }
    return LayerRegistry.LAYERS.read(layer);
  }

  private static IllegalArgumentException notALayer(String name, String operation) {
    return Messages.wrong(
        "%s is not a layer but the operation %s in the model's code, such as x ** 2, and Lossbook only reads layers. In Keras, save the part before it, keras.Model(model.inputs, model.get_layer(\"…\").output), and compute the rest from what it predicts",
        Shown.text(name), Shown.text(operation));
  }

  private static String name(Map<String, Object> object) {
    return Json.get(object, "name")
        .filter(String.class::isInstance)
        .map(String.class::cast)
        .orElseThrow(() -> new IllegalArgumentException("one of its layers has no name"));
  }

  private Network branching(Map<String, Object> config, List<Object> saved) {
    for (Object each : saved) {
      Map<String, Object> object = WithConstant.asLayer(Json.object("a layer", each));
      String name = name(object);
      if (isOfMasks(object)) {
        masks.add(name);
        continue;
      }
      Layer layer = layer(object);
      if (layers.put(name, layer) != null) {
        throw new IllegalArgumentException("it has two layers " + Shown.text(name));
      }
      uses.put(
          name,
          new ArrayList<>(Json.list("inbound_nodes", object.getOrDefault("inbound_nodes", ""))));
      values.put(
          name, layer instanceof Input input ? new ArrayList<>(List.of(input)) : new ArrayList<>());
    }
    var toApply = new ArrayDeque<>(layers.keySet());
    while (!toApply.isEmpty()) {
      apply(toApply.remove(), toApply);
    }
    return NetworkBuilder.between(
        ends(config, "input_layers").stream().map(Input.class::cast).toList(),
        ends(config, "output_layers"));
  }

  /**
   * Applies a layer as often as its inputs are known, then the layers that wait for its outputs.
   */
  private void apply(String name, Collection<String> toApply) {
    Layer layer = layers.get(name);
    if (layer instanceof Input) {
      return;
    }
    List<Object> all = uses.get(name);
    List<Node> given = values.get(name);
    int before = given.size();
    while (given.size() < all.size()) {
      var call = new SavedCall(name, Json.object("a node", all.get(given.size())));
      Layer called = call.applied(layer, Optional.ofNullable(calls.get(name)));
      calls.put(name, called);
      Optional<Node[]> inputs = inputs(call, called);
      if (inputs.isEmpty()) {
        break;
      }
      Node[] values = inputs.get();
      call.requireOwnMask(values);
      given.add(called.of(values));
    }
    if (given.size() > before && waiting.containsKey(name)) {
      toApply.addAll(waiting.remove(name));
    }
  }

  private Optional<Node[]> inputs(SavedCall call, Layer called) {
    String name = call.name();
    List<Node> inputs = new ArrayList<>();
    for (Object tensor : call.tensors(called)) {
      if (!(tensor instanceof Map<?, ?>)) {
        throw notALayer(name, layers.get(name).kind() + " with " + Shown.of(tensor));
      }
      Map<String, Object> config =
          Json.object("a value", Json.object("a value", tensor).getOrDefault("config", ""));
      List<Object> history = Json.list("keras_history", config.getOrDefault("keras_history", ""));
      Optional<Node> value = value(history, false);
      if (value.isEmpty()) {
        waiting.computeIfAbsent((String) history.get(0), n -> new LinkedHashSet<>()).add(name);
        return Optional.empty();
      }
      inputs.add(value.get());
    }
    return Optional.of(inputs.toArray(Node[]::new));
  }

  /**
   * The output of one call of a layer, if it is known by now.
   *
   * @param isEnd whether it is an input or output of the network, where Keras counts a branching
   *     model's own inputs as its first call
   */
  private Optional<Node> value(List<Object> history, boolean isEnd) {
    if (history.size() != 3
        || !(history.get(0) instanceof String name)
        || !(history.get(1) instanceof Long use)
        || !(history.get(2) instanceof Long output)
        || !values.containsKey(name)) {
      if (!history.isEmpty() && masks.contains(history.get(0))) {
        throw notALayer((String) history.get(0), "which computes a mask");
      }
      throw new IllegalArgumentException(
          "it has a value that no layer computes: " + Shown.of(history));
    }
    boolean isModel =
        isEnd
            && NetworkLayer.within(layers.get(name))
                .filter(inner -> !inner.isSequential())
                .isPresent();
    long index = isModel ? use - 1 : use;
    List<Node> given = values.get(name);
    return index >= 0 && index < given.size()
        ? Optional.of(given.get((int) index).output((int) Math.max(-1, Math.min(output, 1_000))))
        : Optional.empty();
  }

  /** The network's inputs or outputs: one value or a list. */
  private List<Node> ends(Map<String, Object> config, String which) {
    return histories(which, config.getOrDefault(which, "")).stream()
        .map(
            history ->
                value(Json.list(which, history), true)
                    .filter(node -> which.startsWith("out") || node instanceof Input)
                    .orElseThrow(
                        () ->
                            Messages.wrong(
                                "its layers form a cycle or lead nowhere: %s", Shown.of(history))))
        .toList();
  }

  /**
   * One history or several, in a list or in a dictionary, which is read in the order of its keys.
   */
  private static List<Object> histories(String which, Object saved) {
    if (saved instanceof Map<?, ?> named) {
      return new TreeMap<>(Json.object(which, named))
          .values().stream().flatMap(each -> histories(which, each).stream()).toList();
    }
    List<Object> list = Json.list(which, saved);
    return !list.isEmpty() && list.get(0) instanceof String
        ? List.of(list)
        : list.stream().flatMap(each -> histories(which, each).stream()).toList();
  }
}
