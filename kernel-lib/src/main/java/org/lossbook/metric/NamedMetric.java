package org.lossbook.metric;

/** A metric under a name of the reader's own. */
record NamedMetric(String name, Metric metric) implements Metric {
  NamedMetric {
    if (name == null || name.isBlank()) {
      throw new IllegalArgumentException(
          "named expects a name but receives %s: say how the figure shall be called in the history."
              .formatted(name == null ? "null" : "an empty one"));
    }
  }

  @Override
  public Direction direction() {
    return metric.direction();
  }

  @Override
  public Tally tally(int targets, int outputs) {
    return metric.tally(targets, outputs);
  }

  @Override
  public double of(Object y, Object yHat) {
    return metric.of(y, yHat);
  }

  @Override
  public double of(Object y, Object yHat, Object weights) {
    return metric.of(y, yHat, weights);
  }

  @Override
  public Metric named(String other) {
    return new NamedMetric(other, metric);
  }

  /** {@code recall.named("threes")}. */
  @Override
  public String toString() {
    return metric + ".named(\"" + name + "\")";
  }
}
