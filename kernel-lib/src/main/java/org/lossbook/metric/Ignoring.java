package org.lossbook.metric;

import java.util.Optional;
import java.util.OptionalInt;
import org.lossbook.Internal;
import org.lossbook.config.Config;

/**
 * A metric without the samples, or positions, of one label: {@code accuracy().ignore(255)}.
 *
 * @param metric which
 * @param label the label that does not count
 * @hidden
 */
@Internal
public record Ignoring(Metric metric, int label) implements MetricWrapper {
  @Override
  public Tally tally(int targets, int outputs) {
    if (targets == 1) {
      return new RowsThatCount(metric.tally(1, outputs), label, outputs, 1);
    }
    Truth.sameWidth("ignore", targets, outputs);
    return new RowsThatCount(metric.tally(1, 1), label, 1, outputs);
  }

  /**
   * A metric without what its model's loss ignores.
   *
   * @param label what the loss ignores, if anything
   */
  public static Metric with(OptionalInt label, Metric metric) {
    if (label.isEmpty() || metric instanceof Ignoring) {
      return metric;
    }
    return metric instanceof SampleWeighted weighted
        ? new SampleWeighted(with(label, weighted.metric()))
        : new Ignoring(metric, label.getAsInt());
  }

  @Override
  public double of(Object y, Object yHat) {
    return MetricInputs.of(metric, y, yHat).value(this);
  }

  @Override
  public double of(Object y, Object yHat, Object weights) {
    return MetricInputs.of(metric, y, yHat).weighted(weights).value(this);
  }

  @Override
  public Metric ignore(int other) {
    return new Ignoring(metric, other);
  }

  @Override
  public Metric named(String name) {
    return new Ignoring(metric.named(name), label);
  }

  @Override
  public Optional<Config> config() {
    return metric
        .config()
        .map(config -> Config.ours("Ignoring").with("metric", config).with("ignore_class", label));
  }

  /** {@code accuracy.ignore(255)}. */
  @Override
  public String toString() {
    return metric + ".ignore(" + label + ")";
  }
}
