package org.lossbook.model.keras;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.lossbook.config.Config;
import org.lossbook.loss.Loss;
import org.lossbook.loss.TrainingLoss;
import org.lossbook.metric.Metric;
import org.lossbook.metric.SampleWeighted;
import org.lossbook.metric.saved.MetricRegistry;
import org.lossbook.optimizer.Optimizer;
import org.lossbook.training.CompiledModel;
import org.lossbook.training.MetricNames;
import org.lossbook.training.OutputHead;

/**
 * How a model is compiled, in a file.
 *
 * @param optimizer the optimizer
 * @param losses the losses, one per output
 * @param lossWeights the weight of each loss in the total
 * @param metrics the metrics
 * @param without the file's metrics that Lossbook does not have
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
   * What is written to a file, and what cannot be.
   *
   * @param config Keras's {@code compile_config}; empty if the model must be compiled again
   * @param own what Lossbook needs in addition, an object per output
   * @param leftOut what could not be saved, in words
   */
  record Written(Optional<Map<String, Object>> config, List<Object> own, Optional<String> leftOut) {
    static final Written NOTHING = new Written(Optional.empty(), List.of(), Optional.empty());
  }

  static Written of(CompiledModel compiled) {
    Optional<Config> optimizer = compiled.optimizer().config();
    List<Object> losses = new ArrayList<>();
    List<Object> weights = new ArrayList<>();
    List<Object> metrics = new ArrayList<>();
    List<Object> weighted = new ArrayList<>();
    List<Object> own = new ArrayList<>();
    List<String> without = new ArrayList<>();
    for (OutputHead head : compiled.heads()) {
      var training = new TrainingLoss(head.loss());
      Optional<Config> loss = training.unscaled().config();
      if (optimizer.isEmpty() || loss.isEmpty()) {
        String what =
            loss.isEmpty()
                ? "its loss, " + head.loss().name() + ", contains your own code"
                : "its learning rate is your own code";
        return new Written(
            Optional.empty(),
            List.of(),
            Optional.of(
                what + ", so compile it again after loading; weights and layers are there"));
      }
      losses.add(loss.get());
      weights.add(head.weight() * training.factor());
      Map<String, Object> ours = new LinkedHashMap<>();
      if (training.factor() != 1) {
        ours.put("factor", training.factor());
        ours.put("weight", head.weight());
      }
      metrics.add(metrics(METRICS, plain(head), head, ours, without));
      weighted.add(metrics(WEIGHTED, weighted(head), head, ours, without));
      own.add(ours);
    }
    boolean isOne = losses.size() == 1;
    boolean isWeighed = weights.stream().anyMatch(weight -> !weight.equals(1.0));
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("optimizer", optimizer.get());
    config.put("loss", isOne ? losses.get(0) : losses);
    config.put("loss_weights", isWeighed ? isOne ? weights.get(0) : weights : Optional.empty());
    config.put(METRICS, isOne ? metrics.get(0) : metrics);
    boolean anyWeighted = weighted.stream().anyMatch(each -> !each.equals(List.of()));
    config.put(WEIGHTED, !anyWeighted ? Optional.empty() : isOne ? weighted.get(0) : weighted);
    config.put("run_eagerly", false);
    config.put("steps_per_execution", 1);
    config.put("jit_compile", false);
    return new Written(
        Optional.of(config),
        own.stream().allMatch(Map.of()::equals) ? List.of() : own,
        without.isEmpty()
            ? Optional.empty()
            : Optional.of("without the metrics " + without + ", which are your own code"));
  }

  /** The unweighted metrics. */
  private static List<Metric> plain(OutputHead head) {
    return head.metrics().stream().filter(metric -> !(metric instanceof SampleWeighted)).toList();
  }

  /** The weighted metrics, under their names before they were made unique. */
  private static List<Metric> weighted(OutputHead head) {
    Set<String> taken = plain(head).stream().map(Metric::name).collect(Collectors.toSet());
    return head.metrics().stream()
        .filter(SampleWeighted.class::isInstance)
        .map(SampleWeighted.class::cast)
        .map(metric -> MetricNames.before(metric, taken))
        .toList();
  }

  /**
   * The metrics that Keras knows; if it does not know all, the full list goes into Lossbook's own
   * part.
   */
  private static List<Object> metrics(
      String which,
      List<Metric> those,
      OutputHead head,
      Map<String, Object> ours,
      List<String> without) {
    List<Object> all = new ArrayList<>();
    List<Object> keras = new ArrayList<>();
    for (Metric metric : those) {
      Optional<Object> saved = saved(metric);
      saved.ifPresentOrElse(all::add, () -> without.add(metric.name()));
      saved
          .map(each -> MetricRegistry.inKeras(metric, each, head.targetWidth(), head.width()))
          .filter(each -> !(each instanceof Config config && config.isOurs()))
          .ifPresent(keras::add);
    }
    if (!all.equals(keras)) {
      ours.put(which, all);
    }
    return keras;
  }

  private static Optional<Object> saved(Metric metric) {
    return MetricRegistry.unnamed(metric) instanceof Loss of
        ? of.config().map(config -> config.with("name", metric.name()))
        : MetricRegistry.saved(metric);
  }
}
