package org.lossbook.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.lossbook.config.Config;
import org.lossbook.loss.Loss;
import org.lossbook.loss.SavedLosses;
import org.lossbook.metric.Metric;
import org.lossbook.metric.SampleWeighted;
import org.lossbook.metric.SavedMetrics;
import org.lossbook.optimizer.Optimizer;

/**
 * How a model is compiled, as a file says it.
 *
 * @param optimizer moves the weights
 * @param losses are made small, one for each output
 * @param lossWeights what each of several counts in the total
 * @param metrics are measured beside it
 * @param without the metrics of the file that Lossbook does not have
 */
record SavedTraining(
    Optimizer optimizer,
    List<Loss> losses,
    List<Double> lossWeights,
    List<Metric> metrics,
    List<String> without) {
  static final String METRICS = "metrics";
  static final String WEIGHTED = "weighted_metrics";

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
    List<Object> weighted = new ArrayList<>();
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
      metrics.add(metrics(plain(head), without));
      weighted.add(metrics(weighted(head), without));
    }
    boolean isOne = losses.size() == 1;
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("optimizer", optimizer.get());
    config.put("loss", isOne ? losses.get(0) : losses);
    config.put("loss_weights", lossWeights(core));
    config.put(METRICS, isOne ? metrics.get(0) : metrics);
    boolean anyWeighted = weighted.stream().anyMatch(each -> !each.equals(List.of()));
    config.put(WEIGHTED, !anyWeighted ? Optional.empty() : isOne ? weighted.get(0) : weighted);
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

  /** The metrics that count all samples alike. */
  private static List<Metric> plain(Head head) {
    return head.metrics().stream().filter(metric -> !(metric instanceof SampleWeighted)).toList();
  }

  /** Those by the samples' weights, under the names that they had before they were told apart. */
  private static List<Metric> weighted(Head head) {
    Set<String> taken = plain(head).stream().map(Metric::name).collect(Collectors.toSet());
    return head.metrics().stream()
        .filter(SampleWeighted.class::isInstance)
        .map(SampleWeighted.class::cast)
        .map(metric -> MetricNames.before(metric, taken))
        .toList();
  }

  private static List<Object> metrics(List<Metric> those, List<String> without) {
    List<Object> metrics = new ArrayList<>();
    for (Metric metric : those) {
      Optional<Object> saved =
          SavedMetrics.unnamed(metric) instanceof Loss of
              ? SavedLosses.config(of).map(config -> config.with("name", metric.name()))
              : SavedMetrics.saved(metric);
      saved.ifPresentOrElse(metrics::add, () -> without.add(metric.name()));
    }
    return metrics;
  }
}
