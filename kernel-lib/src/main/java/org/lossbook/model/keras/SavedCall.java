package org.lossbook.model.keras;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.lossbook.base.Messages;
import org.lossbook.config.Shown;
import org.lossbook.io.Json;
import org.lossbook.layer.CallArguments;
import org.lossbook.layer.Layer;
import org.lossbook.layer.LayerCall;
import org.lossbook.layer.Node;

/**
 * One call of a layer, as a file has it: the values it is applied to, and settings.
 *
 * @param name the layer's name
 * @param use its {@code args} and {@code kwargs}
 */
record SavedCall(String name, Map<String, Object> use) {
  private static final Set<String> MASKS = Set.of("mask", "query_mask", "value_mask", "key_mask");

  private Map<String, Object> named() {
    return Json.object("kwargs", use.getOrDefault("kwargs", Map.of()));
  }

  private static String first(Layer layer) {
    String first = layer.callArguments().first();
    return first.isEmpty() ? "inputs" : first;
  }

  /** What the layer is applied to: arguments in order, then those with names. */
  List<Object> tensors(Layer layer) {
    Map<String, Object> named = named();
    List<Object> given = new ArrayList<>(Json.list("args", use.getOrDefault("args", "")));
    String first = first(layer);
    if (given.isEmpty() && named.containsKey(first)) {
      given.add(named.get(first));
    }
    CallArguments arguments = layer.callArguments();
    Stream.concat(arguments.names().stream(), Stream.of(arguments.last()))
        .filter(named::containsKey)
        .map(named::get)
        .forEach(given::add);
    List<Object> tensors = new ArrayList<>();
    for (Object each : given) {
      if (each instanceof List<?> list) {
        tensors.addAll(list);
      } else if (!isNone(each)) {
        tensors.add(each);
      }
    }
    return tensors;
  }

  /**
   * The layer with the settings of the call.
   *
   * @param before the layer as it was called before, if it was
   * @throws IllegalArgumentException if it has no such setting, or was called with others before
   */
  Layer applied(Layer layer, Optional<Layer> before) {
    Layer called = layer;
    for (Map.Entry<String, Object> each : named().entrySet()) {
      String argument = each.getKey();
      boolean isValue =
          argument.equals(first(layer)) || layer.callArguments().names().contains(argument);
      if (!isValue && !isWithoutEffect(argument, each.getValue())) {
        called =
            called
                .calledWith(argument, each.getValue())
                .orElseThrow(
                    () -> wrong("with %s, which Lossbook does not support", Shown.text(argument)));
      }
    }
    CallArguments now = called.callArguments();
    if (before.isPresent() && !before.get().callArguments().equals(now)) {
      throw wrong("in two ways, once with %s, which Lossbook does not support", now.settings());
    }
    return before.orElse(called);
  }

  /**
   * Refuses a mask but for that which the values have of themselves, from an embedding or a masking
   * layer, and which is computed again here.
   */
  void requireOwnMask(Node... values) {
    boolean hasMask =
        named().entrySet().stream()
            .anyMatch(each -> MASKS.contains(each.getKey()) && !isNone(each.getValue()));
    boolean isOwn =
        Stream.of(values).anyMatch(each -> each instanceof LayerCall call && call.isMasked());
    if (hasMask && !isOwn) {
      throw wrong(
          "with a mask of its own, and Lossbook only has those of %s",
          "embedding(…).maskZero() and masking(…)");
    }
  }

  /**
   * Whether an argument can be ignored here: None, a mask, or {@code training}, which fit, evaluate
   * and predict override, in Keras too.
   */
  private static boolean isWithoutEffect(String argument, Object value) {
    return isNone(value)
        || argument.equals("training") && value instanceof Boolean
        || MASKS.contains(argument);
  }

  private static boolean isNone(Object value) {
    return value instanceof Optional<?>
        || value instanceof List<?> list && list.stream().allMatch(SavedCall::isNone);
  }

  private IllegalArgumentException wrong(String what, Object value) {
    return new IllegalArgumentException(
        Shown.text(name) + " is called " + Messages.of(what, value));
  }
}
