package org.lossbook.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lossbook.config.Config;
import org.lossbook.config.Shown;
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
 * @param losses are made small, one for each output
 * @param lossWeights what each of several counts in the total
 * @param metrics are measured beside it
 */
record SavedTraining(
    Optimizer optimizer, List<Loss> losses, List<Double> lossWeights, List<Metric> metrics) {
  /**
   * What a file is to say, and what it cannot.
   *
   * @param config Keras's {@code compile_config}; empty where the model has to be compiled anew
   * @param leftOut what stands in no file, for people
   */
  record Written(Optional<Map<String, Object>> config, Optional<String> leftOut) {}

  static Written of(Core core) {
    Optional<Config> optimizer = core.optimizer().config();
    List<Object> losses = new ArrayList<>();
    List<Object> metrics = new ArrayList<>();
    List<String> without = new ArrayList<>();
    for (Head head : core.heads()) {
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
      losses.add(loss.get());
      metrics.add(metrics(head, without));
    }
    boolean isOne = losses.size() == 1;
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("optimizer", optimizer.get());
    config.put("loss", isOne ? losses.get(0) : losses);
    config.put("loss_weights", lossWeights(core));
    config.put("metrics", isOne ? metrics.get(0) : metrics);
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

  private static Object lossWeights(Core core) {
    List<Double> weights = core.heads().stream().map(Head::weight).toList();
    return weights.stream().allMatch(weight -> weight == 1) ? Optional.empty() : weights;
  }

  private static List<Object> metrics(Head head, List<String> without) {
    List<Object> metrics = new ArrayList<>();
    for (Metric metric : head.metrics()) {
      Optional<Object> saved =
          metric instanceof Loss of
              ? SavedLosses.config(of).map(Object.class::cast)
              : SavedMetrics.saved(metric);
      saved.ifPresentOrElse(metrics::add, () -> without.add(metric.name()));
    }
    return metrics;
  }

  /**
   * How a file says that its model is compiled; empty where it says nothing.
   *
   * @throws IllegalArgumentException where Lossbook has not what it says: names it
   */
  static Optional<SavedTraining> read(Map<String, Object> root, Network network) {
    Optional<Object> saved = Json.get(root, "compile_config");
    if (saved.isEmpty()) {
      return Optional.empty();
    }
    Map<String, Object> config = Json.object("compile_config", saved.get());
    refuse(config, "weighted_metrics");
    List<String> outputs = network.outputs().stream().map(Network.Output::name).toList();
    Object optimizer = Json.get(config, "optimizer").map(Json::converted).orElse("");
    List<Loss> losses = new ArrayList<>();
    List<Double> weights = new ArrayList<>();
    List<Metric> metrics = new ArrayList<>();
    for (int i = 0; i < outputs.size(); i++) {
      weights.add(of(config, "loss_weights", outputs, i).map(SavedTraining::weight).orElse(1.0));
      losses.add(SavedLosses.read(of(config, "loss", outputs, i).map(Json::converted).orElse("")));
      Object all = of(config, "metrics", outputs, i).orElse(List.of());
      for (Object each : all instanceof List<?> list ? list : List.of(all)) {
        Metric metric = metric(Json.converted(each));
        metrics.add(outputs.size() == 1 ? metric : metric.on(outputs.get(i)));
      }
    }
    return Optional.of(new SavedTraining(SavedOptimizer.read(optimizer), losses, weights, metrics));
  }

  /** What the settings say of one output: by its name, by its place, or for the only one. */
  private static Optional<Object> of(
      Map<String, Object> config, String what, List<String> outputs, int i) {
    Optional<Object> value = Json.get(config, what);
    boolean isMetrics = what.equals("metrics");
    if (value.isPresent()
        && value.get() instanceof Map<?, ?> map
        && !map.containsKey("class_name")) {
      return Optional.ofNullable(map.get(outputs.get(i)))
          .filter(each -> !each.equals(Optional.empty()));
    }
    if (outputs.size() > 1 && value.isPresent()) {
      List<Object> list = Json.list(what, value.get());
      if (list.size() != outputs.size()) {
        if (isMetrics && list.isEmpty()) {
          return Optional.empty();
        }
        throw new IllegalArgumentException(
            "it has %d %s for %d outputs".formatted(list.size(), what, outputs.size()));
      }
      return Optional.of(list.get(i)).filter(each -> !each.equals(Optional.empty()));
    }
    return value.map(
        each ->
            !isMetrics && each instanceof List<?> list && list.size() == 1 ? list.get(0) : each);
  }

  private static Double weight(Object saved) {
    if (saved instanceof Number number) {
      return number.doubleValue();
    }
    throw new IllegalArgumentException(
        "it has loss_weights %s, which are no numbers".formatted(Shown.of(saved)));
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
