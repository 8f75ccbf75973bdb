package org.lossbook.metric;

import org.lossbook.Internal;

/**
 * A metric of one output of a model that has several: {@code accuracy().on("sold")}.
 *
 * @param metric which
 * @param output the name of the output
 * @hidden
 */
@Internal
public record OnOutput(Metric metric, String output) implements MetricWrapper {
  @Override
  public Metric ignore(int label) {
    return new OnOutput(metric.ignore(label), output);
  }

  @Override
  public Metric named(String name) {
    return new OnOutput(metric.named(name), output);
  }

  @Override
  public Metric sampleWeighted() {
    return new OnOutput(metric.sampleWeighted(), output);
  }

  /** {@code accuracy.on("sold")}. */
  @Override
  public String toString() {
    return metric + ".on(\"" + output + "\")";
  }
}
