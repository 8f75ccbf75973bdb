package org.lossbook.metric;

import java.util.Optional;
import org.lossbook.Internal;
import org.lossbook.base.Messages;
import org.lossbook.config.Config;

/**
 * A metric under another name.
 *
 * @hidden
 */
@Internal
public record NamedMetric(String name, Metric metric) implements MetricWrapper {
  public NamedMetric {
    if (name == null || name.isBlank()) {
      throw Messages.wrong(
          "named expects a name but receives %s: give the name of the metric in the history.",
          name == null ? "null" : "an empty one");
    }
  }

  @Override
  public Metric ignore(int label) {
    return new NamedMetric(name, metric.ignore(label));
  }

  @Override
  public Metric named(String other) {
    return new NamedMetric(other, metric);
  }

  @Override
  public Optional<Config> config() {
    return metric.config().map(config -> config.with("name", name));
  }

  /** {@code recall.named("threes")}. */
  @Override
  public String toString() {
    return metric + ".named(\"" + name + "\")";
  }
}
