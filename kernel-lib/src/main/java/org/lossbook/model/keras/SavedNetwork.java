package org.lossbook.model.keras;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.lossbook.base.Messages;
import org.lossbook.config.Config;
import org.lossbook.engine.Shapes;
import org.lossbook.io.Json;
import org.lossbook.io.ModelFileException;
import org.lossbook.layer.CallArguments;
import org.lossbook.layer.Input;
import org.lossbook.layer.Layer;
import org.lossbook.network.Network;
import org.lossbook.network.NetworkLayer;

/** A network in the form of Keras's {@code config.json}. */
final class SavedNetwork {
  private static final Config FLOAT32 = Config.of("keras", "DTypePolicy").with("name", "float32");

  private final Network network;

  private SavedNetwork(Network network) {
    this.network = network;
  }

  /**
   * The config of a network.
   *
   * @throws ModelFileException if it has a layer that a file cannot hold; the message names it
   */
  static Map<String, Object> of(Network network) {
    return object(
        network, className(network).equals("Sequential") ? "sequential" : "functional", true);
  }

  private static Map<String, Object> object(Network network, String name, boolean trainable) {
    var saved = new SavedNetwork(network);
    return network.isSequential()
        ? saved.sequential(name, trainable)
        : saved.branching(name, trainable);
  }

  /** Keras's class of a network. */
  static String className(Network network) {
    return network.isSequential() ? "Sequential" : "Functional";
  }

  /** Keras's class of a layer. */
  static String className(String name, Layer layer) {
    return NetworkLayer.within(layer)
        .map(SavedNetwork::className)
        .orElseGet(() -> config(name, layer).className());
  }

  private Map<String, Object> sequential(String name, boolean trainable) {
    List<Object> layers = new ArrayList<>();
    int[] shape = network.inputs().get(0).given();
    layers.add(input(network.inputs().get(0)));
    network.nodes().forEach(node -> layers.add(layer(node)));
    Config model =
        common("Sequential", name, trainable)
            .with("layers", layers)
            .with("build_input_shape", Shapes.saved(shape));
    return built(Json.keras(model), List.of(shape));
  }

  private Map<String, Object> branching(String name, boolean trainable) {
    List<Object> layers = new ArrayList<>();
    for (KerasOrder.Place place : KerasOrder.of(network)) {
      int first = place.uses().get(0);
      boolean isInput = first < network.inputs().size();
      Map<String, Object> object =
          isInput ? input(network.inputs().get(first)) : layer(network.maker(first));
      object.put("name", place.name());
      object.put(
          "inbound_nodes",
          isInput
              ? List.of()
              : place.uses().stream()
                  .map(value -> (Object) inbound(network.maker(value)))
                  .toList());
      layers.add(object);
    }
    List<Object> inputs = new ArrayList<>();
    for (int i = 0; i < network.inputs().size(); i++) {
      inputs.add(history(i, true));
    }
    List<Object> outputs =
        network.outputs().stream().map(output -> (Object) history(output.value(), true)).toList();
    return Json.keras(
        common("Functional", name, trainable)
            .with("layers", layers)
            .with("input_layers", inputs.size() == 1 ? inputs.get(0) : inputs)
            .with("output_layers", outputs.size() == 1 ? outputs.get(0) : outputs));
  }

  private static Config common(String className, String name, boolean trainable) {
    // The module in which Keras has the class.
    String module = className.equals("Functional") ? "keras.src.models.functional" : "keras";
    return Config.of(module, className)
        .with("name", name)
        .with("trainable", trainable)
        .with("dtype", FLOAT32);
  }

  /** The inputs of one call of a layer: one value or a list. */
  private Map<String, Object> inbound(Network.Node node) {
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < node.inputs().size(); i++) {
      Map<String, Object> config = new LinkedHashMap<>();
      config.put("shape", Shapes.saved(given(node).get(i)));
      config.put("dtype", texts(node.inputs().get(i)).isPresent() ? "string" : "float32");
      config.put("keras_history", history(node.inputs().get(i), false));
      Map<String, Object> tensor = new LinkedHashMap<>();
      tensor.put("class_name", "__keras_tensor__");
      tensor.put("config", config);
      values.add(tensor);
    }
    CallArguments call = node.layer().callArguments();
    Map<String, Object> named = new LinkedHashMap<>(call.settings());
    List<Object> args = call.isList() && values.size() > 1 ? List.of(values) : values;
    if (!call.rest().isEmpty() && values.size() > 1) {
      args = values.subList(0, 1);
      named.put(call.rest(), values.subList(1, values.size()));
    }
    if (!call.last().isEmpty()) {
      args = values.subList(0, values.size() - 1);
      named.put(call.last(), values.get(values.size() - 1));
    }
    Map<String, Object> inbound = new LinkedHashMap<>();
    inbound.put("args", args);
    inbound.put("kwargs", named);
    return inbound;
  }

  /**
   * The origin of a value: the layer, which of its calls, which of its outputs.
   *
   * @param isEnd whether it is an input or output of the network, where Keras counts a branching
   *     model's own inputs as its first call
   */
  private List<Object> history(int of, boolean isEnd) {
    int value = network.source(of);
    String name = network.nameOf(value);
    int use = 0;
    for (int before = network.inputs().size(); before < value; before++) {
      use += network.nameOf(before).equals(name) ? 1 : 0;
    }
    boolean isModel =
        isEnd
            && value >= network.inputs().size()
            && NetworkLayer.within(network.maker(value).layer())
                .filter(inner -> !inner.isSequential())
                .isPresent();
    return List.of(name, isModel ? use + 1 : use, network.outputIndex(of));
  }

  private static Map<String, Object> input(Network.Source source) {
    Layer input =
        source.front().isPresent()
            ? Input.ofTexts(source.front().get().texts())
            : new Input(source.shape());
    return Json.keras(config("input", input).after(Map.of("name", source.name())));
  }

  private Map<String, Object> layer(Network.Node node) {
    Layer layer = node.layer();
    Optional<Network> inner = NetworkLayer.within(layer);
    if (inner.isPresent()) {
      return object(inner.get(), node.name(), !layer.isFrozen());
    }
    Map<String, Object> common = new LinkedHashMap<>();
    common.put("name", node.name());
    if (!layer.parameters(node.inputShapes()).isEmpty()) { // SpatialDropout2D has no such setting
      common.put("trainable", !layer.isFrozen());
    }
    if (!layer.kind().equals("pipeline")) { // whose layers have their own
      common.put("dtype", FLOAT32);
    }
    Map<String, Object> saved = Json.keras(config(node.name(), layer).after(common));
    CallArguments call = layer.callArguments();
    if (!call.rest().isEmpty()) { // Keras's recurrent layers are built by their sequence
      return built(saved, node.inputShapes().subList(0, 1));
    }
    List<int[]> shapes = node.inputShapes();
    int named = call.last().isEmpty() ? shapes.size() : shapes.size() - 1;
    return call.first().isEmpty()
        ? built(saved, given(node))
        : builtByName(saved, call.first(), call.names(), shapes.subList(0, named));
  }

  /** The shapes that a layer is built for, which of texts are those of the texts. */
  private List<int[]> given(Network.Node node) {
    return IntStream.range(0, node.inputs().size())
        .mapToObj(
            i ->
                texts(node.inputs().get(i))
                    .map(Network.Source::given)
                    .orElse(node.inputShapes().get(i)))
        .toList();
  }

  /** The input of that index, if it is one of texts. */
  private Optional<Network.Source> texts(int value) {
    return value < network.inputs().size()
        ? Optional.of(network.inputs().get(value)).filter(from -> from.front().isPresent())
        : Optional.empty();
  }

  private static Config config(String name, Layer layer) {
    return layer
        .config()
        .orElseThrow(
            () ->
                new ModelFileException(
                    Messages.of(
                        "save expects layers that a file can hold but %s, %s, is not one: save its"
                            + " weights with saveWeights.",
                        name, layer)));
  }

  private static Map<String, Object> built(Map<String, Object> object, List<int[]> shapes) {
    List<Object> all = shapes.stream().map(shape -> (Object) Shapes.saved(shape)).toList();
    object.put("build_config", Map.of("input_shape", all.size() == 1 ? all.get(0) : all));
    return object;
  }

  /** The shapes of values that are arguments of their own. */
  private static Map<String, Object> builtByName(
      Map<String, Object> object, String first, List<String> names, List<int[]> shapes) {
    Map<String, Object> named = new LinkedHashMap<>();
    named.put(first + "_shape", Shapes.saved(shapes.get(0)));
    for (int i = 1; i < shapes.size(); i++) {
      named.put(names.get(i - 1) + "_shape", Shapes.saved(shapes.get(i)));
    }
    object.put("build_config", Map.of("shapes_dict", named));
    return object;
  }
}
