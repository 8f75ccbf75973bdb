package org.lossbook.model.keras;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lossbook.config.Config;
import org.lossbook.io.Json;

/**
 * Reads an operation on a value and a number in a model's code, such as {@code x + 3.0} or {@code x
 * * 2}, as the {@code Rescaling} layer that computes the same; MobileNetV3 has such.
 */
final class WithConstant {
  private WithConstant() {}

  /** The layer in place of such an operation; anything else unchanged. */
  static Map<String, Object> asLayer(Map<String, Object> object) {
    if (!(object.get("inbound_nodes") instanceof List<?> nodes)
        || nodes.size() != 1
        || !(object.get("config") instanceof Map<?, ?>)
        || NetworkReader.isModel(object)
        || !mayBeOperation(object)) {
      return object;
    }
    Map<String, Object> node = Json.object("a node", nodes.get(0));
    List<Object> values = new ArrayList<>(Json.list("args", node.getOrDefault("args", "")));
    values.addAll(Json.object("kwargs", node.getOrDefault("kwargs", Map.of())).values());
    if (values.size() != 2 || values.get(0) instanceof Map == values.get(1) instanceof Map) {
      return object;
    }
    boolean isFirst = values.get(0) instanceof Map;
    if (!(values.get(isFirst ? 1 : 0) instanceof Number constant)) {
      return object;
    }
    return rescaling(Json.className(object), constant.doubleValue(), isFirst)
        .map(layer -> inPlaceOf(object, layer, values.get(isFirst ? 0 : 1)))
        .orElse(object);
  }

  /** An {@code .h5} file names no modules: there an operation has the name of a merging layer. */
  private static boolean mayBeOperation(Map<String, Object> object) {
    return !object.containsKey("module") || NetworkReader.isOperation(Json.config(object));
  }

  /**
   * The layer of an operation with a constant, if there is one.
   *
   * @param isFirst whether the value comes before the constant
   */
  private static Optional<Config> rescaling(String operation, double constant, boolean isFirst) {
    return switch (operation) {
      case "Add" -> Optional.of(rescaling(1, constant));
      case "Subtract" -> Optional.of(isFirst ? rescaling(1, -constant) : rescaling(-1, constant));
      case "Multiply" -> Optional.of(rescaling(constant, 0));
      case "Divide", "TrueDivide" ->
          isFirst && constant != 0 ? Optional.of(rescaling(1 / constant, 0)) : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static Config rescaling(double scale, double offset) {
    return Config.of("keras.layers", "Rescaling").with("scale", scale).with("offset", offset);
  }

  private static Map<String, Object> inPlaceOf(
      Map<String, Object> object, Config layer, Object value) {
    Map<String, Object> config = new LinkedHashMap<>(layer.settings());
    config.put("name", Json.object("config", object.get("config")).getOrDefault("name", ""));
    Map<String, Object> changed = new LinkedHashMap<>(object);
    changed.put("module", layer.module());
    changed.put("class_name", layer.className());
    changed.put("config", config);
    changed.put("inbound_nodes", List.of(Map.of("args", List.of(value), "kwargs", Map.of())));
    return changed;
  }
}
