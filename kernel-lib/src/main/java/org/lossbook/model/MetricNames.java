package org.lossbook.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.lossbook.metric.Metric;

/** Names of the metrics by which the history tells them apart. */
final class MetricNames {
  private MetricNames() {}

  /** As Keras: a second precision is {@code precision_1}; {@code loss} is what is trained with. */
  static List<Metric> apart(List<Metric> metrics) {
    Set<String> taken = new HashSet<>(Set.of("loss"));
    List<Metric> apart = new ArrayList<>();
    for (Metric metric : metrics) {
      String name = metric.name();
      for (int i = 1; !taken.add(name); i++) {
        name = metric.name() + "_" + i;
      }
      apart.add(name.equals(metric.name()) ? metric : metric.named(name));
    }
    return List.copyOf(apart);
  }
}
