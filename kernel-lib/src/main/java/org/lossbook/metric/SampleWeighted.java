package org.lossbook.metric;

import org.lossbook.Internal;

/**
 * Sample-weighted metric, one of Keras's {@code weighted_metrics}: a sample's weight is that of
 * {@code sampleWeight} times that of its class.
 *
 * @param metric which
 * @hidden
 */
@Internal
public record SampleWeighted(Metric metric) implements MetricWrapper {
  @Override
  public Tally tally(int targets, int outputs) {
    return weighted(metric.tally(targets, outputs));
  }

  @Override
  public Tally tally(SampleShape sample) {
    return weighted(metric.tally(sample));
  }

  private static Tally weighted(Tally tally) {
    return new Tally() {
      @Override
      public void add(float[] y, float[] yHat, float[] weights, int rows) {
        tally.add(y, yHat, weights, rows);
      }

      @Override
      public void check(String who, float[] y, int count) {
        tally.check(who, y, count);
      }

      @Override
      public double value() {
        return tally.value();
      }

      @Override
      public boolean isMean() {
        return false; // it is divided by the weights, not by the number of samples
      }

      @Override
      public boolean seesWholeSamples() {
        return tally.seesWholeSamples();
      }

      @Override
      public void reset() {
        tally.reset();
      }
    };
  }

  @Override
  public Metric ignore(int label) {
    return new SampleWeighted(metric.ignore(label));
  }

  @Override
  public Metric named(String name) {
    return new SampleWeighted(metric.named(name));
  }

  /** The same under its original name. */
  public Metric unnamed() {
    return metric instanceof NamedMetric named ? new SampleWeighted(named.metric()) : this;
  }

  @Override
  public Metric sampleWeighted() {
    return this;
  }

  /** {@code accuracy().sampleWeighted()}. */
  @Override
  public String toString() {
    return metric + ".sampleWeighted()";
  }
}
