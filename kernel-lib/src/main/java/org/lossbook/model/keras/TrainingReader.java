package org.lossbook.model.keras;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.lossbook.base.Messages;
import org.lossbook.config.Config;
import org.lossbook.config.Shown;
import org.lossbook.io.Json;
import org.lossbook.loss.Loss;
import org.lossbook.loss.saved.LossRegistry;
import org.lossbook.metric.Metric;
import org.lossbook.metric.saved.MetricRegistry;
import org.lossbook.network.Network;
import org.lossbook.optimizer.Optimizer;
import org.lossbook.training.ModelCompiler;

/**
 * Reads how a model is compiled from a file's {@code compile_config}. Without the optimizer or a
 * loss it cannot be trained; a metric that Lossbook does not have is left out and reported.
 */
final class TrainingReader {
  private final Map<String, Object> config;
  private final Network network;
  private final List<String> keys;
  private final List<String> without = new ArrayList<>();

  private TrainingReader(Map<String, Object> config, Network network, List<String> keys) {
    this.config = config;
    this.network = network;
    this.keys = keys;
  }

  /**
   * How the model in a file is compiled; empty if it was not.
   *
   * @param own what Lossbook wrote in addition, an object per output; empty if another program
   *     wrote the file
   * @throws IllegalArgumentException if Lossbook does not have the optimizer or a loss; the message
   *     names it
   */
  static Optional<SavedTraining> read(Map<String, Object> root, Network network, List<Object> own) {
    Optional<Object> saved =
        Json.get(root, "compile_config").filter(config -> !config.equals(Map.of()));
    if (saved.isEmpty()) { // Keras writes {} if a model was never compiled
      return Optional.empty();
    }
    var reader =
        new TrainingReader(
            Json.object("compile_config", saved.get()), network, keys(root, network));
    return Optional.of(reader.training(own));
  }

  /** The keys of the outputs in the file: its own, in their order, or the layers' names. */
  private static List<String> keys(Map<String, Object> root, Network network) {
    List<String> layers = network.outputs().stream().map(Network.Output::name).toList();
    Object ends =
        root.get("config") instanceof Map<?, ?> config
            ? Objects.requireNonNullElse(config.get("output_layers"), "")
            : "";
    return ends instanceof Map<?, ?> named && named.size() == layers.size()
        ? named.keySet().stream().map(String.class::cast).sorted().toList()
        : layers;
  }

  private SavedTraining training(List<Object> own) {
    Optimizer optimizer =
        SavedOptimizer.read(
            Json.get(config, "optimizer")
                .map(Json::specification)
                .orElseThrow(() -> new IllegalArgumentException("no optimizer is in the file")));
    List<Loss> losses = new ArrayList<>();
    List<Double> weights = new ArrayList<>();
    List<Metric> metrics = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      Map<String, Object> ours = i < own.size() ? Json.object("compiled", own.get(i)) : Map.of();
      Loss loss = LossRegistry.LOSSES.read(loss(i));
      Optional<Object> factor = Json.get(ours, "factor");
      losses.add(factor.isPresent() ? loss.times(number("factor", factor.get())) : loss);
      Optional<Object> weight = Json.get(ours, "weight");
      weights.add(
          (weight.isPresent() ? weight : one("loss_weights", i))
              .map(each -> number("loss_weights", each))
              .orElse(1.0));
      for (Object each : all(SavedTraining.METRICS, ours, i)) {
        metrics.addAll(metrics(each, losses.get(i), i));
      }
      for (Object each : all(SavedTraining.WEIGHTED, ours, i)) {
        metrics(each, losses.get(i), i).stream().map(Metric::sampleWeighted).forEach(metrics::add);
      }
    }
    return new SavedTraining(
        optimizer, losses, weights, metrics, List.copyOf(new TreeSet<>(without)));
  }

  private Object loss(int i) {
    Object saved =
        one("loss", i)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        keys.size() == 1
                            ? "no loss is in the file"
                            : "no loss for the output " + Shown.text(keys.get(i)) + " is in it"));
    return unwrapped(Json.specification(saved));
  }

  /** Unwraps a loss or metric that Keras makes of a function. */
  private static Object unwrapped(Object saved) {
    return saved instanceof Config wrapper
            && (wrapper.className().equals("MeanMetricWrapper")
                || wrapper.className().equals("LossFunctionWrapper"))
        ? wrapper.get("fn").orElse(saved)
        : saved;
  }

  /** Those that the metric stands for: of a list of thresholds one for each. */
  private List<Metric> metrics(Object saved, Loss loss, int i) {
    return perThreshold(saved).stream().flatMap(each -> metric(each, loss, i).stream()).toList();
  }

  /** The metric with each of its thresholds, as {@code precision_at_0.2}. */
  private static List<Object> perThreshold(Object saved) {
    if (!(saved instanceof Map<?, ?> map)
        || !(map.get("config") instanceof Map<?, ?> settings)
        || !(settings.get("thresholds") instanceof List<?> all)
        || all.size() < 2) {
      return List.of(saved);
    }
    List<Object> each = new ArrayList<>();
    for (Object threshold : all) {
      Map<Object, Object> one = new LinkedHashMap<>(map);
      Map<Object, Object> with = new LinkedHashMap<>(settings);
      with.put("thresholds", threshold);
      with.computeIfPresent("name", (key, name) -> name + "_at_" + threshold);
      one.put("config", with);
      each.add(one);
    }
    return each;
  }

  /** A metric that fits the output, with Keras's name for it. */
  private Optional<Metric> metric(Object saved, Loss loss, int i) {
    Network.Output output = network.outputs().get(i);
    try {
      Object given = Json.specification(saved);
      Object meant = unwrapped(given);
      Metric metric =
          LossRegistry.metric(meant)
              .map(Metric.class::cast)
              .orElseGet(() -> MetricRegistry.METRICS.read(meant));
      String name =
          given instanceof Config settings
              ? settings.get("name").map(Object::toString).orElse(metric.name())
              : given.toString();
      Metric named = name.equals(metric.name()) ? metric : metric.named(name);
      ModelCompiler.check(named, output, loss);
      return Optional.of(keys.size() == 1 ? named : named.on(output.name()));
    } catch (IllegalArgumentException e) {
      without.add(name(saved));
      return Optional.empty();
    }
  }

  /** Its name for a message. */
  private static String name(Object saved) {
    Object meant = saved instanceof Map<?, ?> ? Json.converted(saved) : saved;
    String name =
        meant instanceof Config object
            ? object.className().equals("__lambda__") ? "a lambda" : object.className()
            : meant instanceof String text ? text : Shown.of(meant);
    return Shown.text(name);
  }

  /** The single value that a setting has for an output. */
  private Optional<Object> one(String what, int i) {
    Optional<Object> value = Json.get(config, what);
    if (value.isEmpty() || isLeaf(value.get())) {
      return value;
    }
    if (value.get() instanceof Map<?, ?> map) {
      return byKey(map, i).filter(each -> !(each instanceof Optional<?>));
    }
    List<Object> list = Json.list(what, value.get());
    if (list.size() != keys.size()) {
      throw Messages.wrong("it has %d %s for %d outputs", list.size(), what, keys.size());
    }
    return Optional.of(list.get(i))
        .filter(each -> !(each instanceof Optional<?>))
        .map(each -> each instanceof List<?> inner && inner.size() == 1 ? inner.get(0) : each);
  }

  /** All values that a setting has for an output, however they are nested. */
  private List<Object> all(String what, Map<String, Object> ours, int i) {
    Optional<Object> own = Json.get(ours, what);
    Object value = own.or(() -> Json.get(config, what)).orElse(List.of());
    if (own.isEmpty() && keys.size() > 1) {
      if (value instanceof Map<?, ?> map && !isLeaf(map)) {
        value = byKey(map, i).orElse(List.of());
      } else if (value instanceof List<?> list && list.size() == keys.size()) {
        value = list.get(i);
      }
    }
    return leaves(value).toList();
  }

  private Optional<Object> byKey(Map<?, ?> map, int i) {
    String layer = network.outputs().get(i).name();
    return Optional.ofNullable((Object) map.get(keys.get(i)))
        .or(() -> Optional.ofNullable(map.get(layer)));
  }

  private static Stream<Object> leaves(Object value) {
    if (value instanceof List<?> list) {
      return list.stream().flatMap(TrainingReader::leaves);
    }
    if (value instanceof Map<?, ?> map && !isLeaf(map)) {
      return map.values().stream().flatMap(TrainingReader::leaves);
    }
    return value instanceof Optional<?> ? Stream.of() : Stream.of(value);
  }

  /** Whether it is neither a list nor an object keyed by outputs. */
  private static boolean isLeaf(Object value) {
    return value instanceof Map<?, ?> map
        ? map.containsKey("class_name")
        : !(value instanceof List<?>);
  }

  private static double number(String what, Object saved) {
    if (saved instanceof Number number && Double.isFinite(number.doubleValue())) {
      return number.doubleValue();
    }
    throw Messages.wrong("it has %s %s, which are not numbers", what, Shown.of(saved));
  }
}
