package org.lossbook.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lossbook.config.Config;
import org.lossbook.loss.Loss;
import org.lossbook.loss.SavedLosses;
import org.lossbook.metric.Metric;
import org.lossbook.metric.SavedMetrics;
import org.lossbook.model.file.Json;
import org.lossbook.optimizer.Optimizer;

/**
 * How a model is compiled, as a file says it.
 *
 * @param optimizer moves the weights
 * @param loss is made small
 * @param metrics are measured beside it
 */
record SavedTraining(Optimizer optimizer, Loss loss, List<Metric> metrics) {
  /**
   * What a file is to say, and what it cannot.
   *
   * @param config Keras's {@code compile_config}; empty where the model has to be compiled anew
   * @param leftOut what stands in no file, for people
   */
  record Written(Optional<Map<String, Object>> config, Optional<String> leftOut) {}

  static Written of(Core core) {
    if (core.heads().size() > 1) {
      return new Written(
          Optional.empty(),
          Optional.of(
              "it has several outputs, so compile it anew after loading; weights and layers are there"));
    }
    Head head = core.heads().get(0);
    Optional<Config> optimizer = core.optimizer().config();
    Optional<Config> loss = SavedLosses.config(head.loss());
    if (optimizer.isEmpty() || loss.isEmpty()) {
      String what =
          loss.isEmpty()
              ? "its loss, " + head.loss().name() + ", has code of yours in it"
              : "its learning rate is code of yours";
      return new Written(
          Optional.empty(),
          Optional.of(what + ", so compile it anew after loading; weights and layers are there"));
    }
    List<Object> metrics = new ArrayList<>();
    List<String> without = new ArrayList<>();
    for (Metric metric : head.metrics()) {
      Optional<Object> saved =
          metric instanceof Loss of
              ? SavedLosses.config(of).map(Object.class::cast)
              : SavedMetrics.saved(metric);
      saved.ifPresentOrElse(metrics::add, () -> without.add(metric.name()));
    }
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("optimizer", optimizer.get());
    config.put("loss", loss.get());
    config.put("loss_weights", Optional.empty());
    config.put("metrics", metrics);
    config.put("weighted_metrics", Optional.empty());
    config.put("run_eagerly", false);
    config.put("steps_per_execution", 1);
    config.put("jit_compile", false);
    return new Written(
        Optional.of(config),
        without.isEmpty()
            ? Optional.empty()
            : Optional.of("without the metrics " + without + ", which are code of yours"));
  }

  /**
   * How a file says that its model is compiled; empty where it says nothing.
   *
   * @throws IllegalArgumentException where Lossbook has not what it says: names it
   */
  static Optional<SavedTraining> read(Map<String, Object> root) {
    Optional<Object> saved = Json.get(root, "compile_config");
    if (saved.isEmpty()) {
      return Optional.empty();
    }
    Map<String, Object> config = Json.object("compile_config", saved.get());
    refuse(config, "loss_weights");
    refuse(config, "weighted_metrics");
    Object optimizer = Json.get(config, "optimizer").map(Json::converted).orElse("");
    Object loss = Json.get(config, "loss").map(Json::converted).orElse("");
    List<Metric> metrics = new ArrayList<>();
    Object list = Json.get(config, "metrics").orElse(List.of());
    for (Object metric : Json.list("metrics", list)) {
      metrics.add(metric(Json.converted(metric)));
    }
    return Optional.of(
        new SavedTraining(SavedOptimizer.read(optimizer), SavedLosses.read(loss), metrics));
  }

  /** Every loss is a metric too, in Keras under the same names. */
  private static Metric metric(Object saved) {
    return SavedLosses.knows(saved) ? SavedLosses.read(saved) : SavedMetrics.read(saved);
  }

  private static void refuse(Map<String, Object> config, String name) {
    boolean isEmpty = Json.get(config, name).filter(value -> !value.equals(List.of())).isEmpty();
    if (!isEmpty) {
      throw new IllegalArgumentException("it has " + name + ", which Lossbook has not");
    }
  }
}
