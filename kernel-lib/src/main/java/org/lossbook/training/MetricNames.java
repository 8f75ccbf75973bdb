package org.lossbook.training;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.lossbook.Internal;
import org.lossbook.metric.Metric;
import org.lossbook.metric.SampleWeighted;

/**
 * Unique names of metrics in the history.
 *
 * @hidden
 */
@Internal
public final class MetricNames {
  private MetricNames() {}

  /**
   * Makes names unique like Keras: a second precision is {@code precision_1}, a sample-weighted one
   * {@code weighted_precision}; {@code loss} is reserved.
   *
   * @return the metrics, sample-weighted ones last
   */
  static List<Metric> apart(List<Metric> metrics) {
    Set<String> taken = new HashSet<>(Set.of("loss"));
    List<Metric> apart = new ArrayList<>();
    Stream.concat(
            metrics.stream().filter(metric -> !(metric instanceof SampleWeighted)),
            metrics.stream().filter(SampleWeighted.class::isInstance))
        .forEach(metric -> apart.add(apart(metric, taken)));
    return List.copyOf(apart);
  }

  private static Metric apart(Metric metric, Set<String> taken) {
    if (taken.add(metric.name())) {
      return metric;
    }
    boolean isWeighted = metric instanceof SampleWeighted;
    String base = isWeighted ? weighted(metric.name()) : metric.name();
    String name = base;
    for (int i = 1; !taken.add(name); i++) {
      name = base + "_" + i;
    }
    return metric.named(name);
  }

  /** The name of a sample-weighted metric next to the unweighted one. */
  private static String weighted(String name) {
    return "weighted_" + name;
  }

  /** The metric under the name it had before it was made unique. */
  public static Metric before(SampleWeighted metric, Set<String> taken) {
    Metric own = metric.unnamed();
    boolean isUnique = taken.contains(own.name()) && metric.name().equals(weighted(own.name()));
    return isUnique ? own : metric;
  }
}
