package org.lossbook.model.keras;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lossbook.io.Json;

/** Translates how a model was compiled from Keras 2 to Keras 3. */
final class Keras2Training {
  private static final String CLASS = "class_name";
  private static final String CONFIG = "config";
  private static final String METRICS = "metrics";

  /** Names that Keras 3 has dropped. */
  private static final Map<String, String> NAMES =
      Map.of(
          "kullback_leibler_divergence", "kl_divergence",
          "logcosh", "log_cosh",
          "huber_loss", "huber",
          "cosine_proximity", "cosine_similarity",
          "LogCoshError", "LogCosh");

  private Keras2Training() {}

  /**
   * Keras 3's {@code compile_config}.
   *
   * @param saved Keras 2's, or the {@code training_config} of HDF5
   * @param outputs the model's output layers
   */
  static Map<String, Object> translated(Map<String, Object> saved, List<String> outputs) {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("optimizer", said(saved).orElse(Optional.empty()));
    config.put("loss", Json.get(saved, "loss").map(l -> losses(l, outputs)).orElse(""));
    config.put("loss_weights", saved.getOrDefault("loss_weights", Optional.empty()));
    config.put(
        METRICS,
        Json.get(saved, METRICS).map(all -> metrics(all, outputs)).orElse(Optional.empty()));
    config.put("weighted_metrics", saved.getOrDefault("weighted_metrics", Optional.empty()));
    return config;
  }

  private static Optional<Object> said(Map<String, Object> saved) {
    Optional<Object> found =
        Json.get(saved, "optimizer").or(() -> Json.get(saved, "optimizer_config"));
    return found.map(
        value -> value instanceof Map ? optimizer(Keras2Layer.object(map(value))) : value);
  }

  private static Object optimizer(Map<String, Object> object) {
    Map<String, Object> config =
        new LinkedHashMap<>(Json.object(CONFIG, object.getOrDefault(CONFIG, Map.of())));
    String className = String.valueOf(object.get(CLASS)).replace("Custom>", "");
    boolean isLegacy = !config.containsKey("is_legacy_optimizer");
    config.remove("is_legacy_optimizer");
    config.remove("jit_compile");
    if (config.containsKey("lr")) {
      config.put("learning_rate", config.remove("lr"));
    }
    boolean isNadam = className.equalsIgnoreCase("nadam");
    if (isNadam && isLegacy) { // its momentum schedule differs from that of the current nadam
      config.put("schedule_decay", config.containsKey("decay") ? config.remove("decay") : 0.004);
    } else if (config.get("decay") instanceof Number decay) {
      boolean isRate = config.get("learning_rate") instanceof Number;
      if (isRate && decay.doubleValue() != 0) {
        config.put("learning_rate", slowed(config.get("learning_rate"), decay));
      }
      if (isRate || decay.doubleValue() == 0) {
        config.remove("decay");
      }
    }
    if (config.get("use_ema") instanceof Boolean isAveraged && !isAveraged) {
      config.remove("ema_overwrite_frequency");
    }
    Map<String, Object> optimizer = new LinkedHashMap<>();
    optimizer.put("module", "keras.optimizers");
    optimizer.put(CLASS, className);
    optimizer.put(CONFIG, config);
    return optimizer;
  }

  /**
   * A schedule in place of {@code decay}: Keras up to 2.10 divided the rate by 1 + decay · step.
   */
  private static Map<String, Object> slowed(Object rate, Number decay) {
    Map<String, Object> schedule = new LinkedHashMap<>();
    schedule.put("initial_learning_rate", rate);
    schedule.put("decay_steps", 1L);
    schedule.put("decay_rate", decay);
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("module", "keras.optimizers.schedules");
    object.put(CLASS, "InverseTimeDecay");
    object.put(CONFIG, schedule);
    return object;
  }

  /** One loss per output; Keras 2 also takes one for all. */
  private static Object losses(Object saved, List<String> outputs) {
    Object losses = function(saved);
    boolean isOne =
        losses instanceof String || losses instanceof Map && map(losses).containsKey(CLASS);
    return isOne && outputs.size() > 1 ? Collections.nCopies(outputs.size(), losses) : losses;
  }

  /** A function by its name, a class by its settings, or several of them. */
  private static Object function(Object saved) {
    if (saved instanceof String name) {
      return NAMES.getOrDefault(name, name);
    }
    if (saved instanceof List<?> list) {
      return list.stream().map(Keras2Training::function).toList();
    }
    if (!(saved instanceof Map)) {
      return saved;
    }
    Map<String, Object> object = map(saved);
    if (!object.containsKey(CLASS)) { // by the outputs' names
      Map<String, Object> all = new LinkedHashMap<>();
      object.forEach((name, value) -> all.put(Keras2Network.name(name), function(value)));
      return all;
    }
    if (object.get(CLASS).equals("function") && object.get(CONFIG) instanceof String name) {
      return function(name);
    }
    return specification(object);
  }

  private static Map<String, Object> specification(Map<String, Object> saved) {
    Map<String, Object> object = Keras2Layer.object(saved);
    if (object.get(CONFIG) instanceof Map<?, ?> map) {
      Map<String, Object> config = new LinkedHashMap<>(map(map));
      config.remove("reduction", "auto"); // the mean, which is the default
      config.computeIfPresent("fn", (key, fn) -> function(fn)); // what the wrapper contains
      object.put(CONFIG, config);
    }
    object.computeIfPresent(
        CLASS, (key, name) -> NAMES.getOrDefault(name.toString(), name.toString()));
    return object;
  }

  /** Metrics per output; Keras 2 also takes one list for all. */
  private static Object metrics(Object saved, List<String> outputs) {
    if (saved instanceof Map && !map(saved).containsKey(CLASS)) {
      Map<String, Object> all = new LinkedHashMap<>();
      map(saved)
          .forEach(
              (name, value) -> {
                String output = Keras2Network.name(name);
                all.put(output, metric(value, output));
              });
      return all;
    }
    List<?> list = saved instanceof List<?> several ? several : List.of(saved);
    boolean isNested = list.stream().anyMatch(List.class::isInstance);
    if (outputs.size() == 1) {
      return metric(list, outputs.get(0));
    }
    List<Object> all = new ArrayList<>();
    for (int i = 0; i < outputs.size(); i++) {
      Object own = !isNested ? list : i < list.size() ? list.get(i) : List.of();
      all.add(metric(own, outputs.get(i)));
    }
    return all;
  }

  /** A metric, or several of one output. */
  private static Object metric(Object saved, String output) {
    if (saved instanceof List<?> list) {
      return list.stream().map(each -> metric(each, output)).toList();
    }
    Object metric = function(saved);
    if (metric instanceof Map && map(metric).get(CONFIG) instanceof Map<?, ?> settings) {
      Map<String, Object> config = new LinkedHashMap<>(map(settings));
      config.computeIfPresent("name", (key, name) -> own(name.toString(), output));
      Map<String, Object> object = new LinkedHashMap<>(map(metric));
      object.put(CONFIG, config);
      return object;
    }
    return metric;
  }

  /** A metric's own name, without the output's name that Keras 2 puts before it. */
  private static String own(String name, String output) {
    return name.startsWith(output + "_") ? name.substring(output.length() + 1) : name;
  }

  private static Map<String, Object> map(Object value) {
    return Json.object("a value", value);
  }
}
