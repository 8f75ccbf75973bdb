package org.lossbook.metric;

/**
 * The figures of a metric for each class, in the order of the labels, or one for a single output.
 *
 * <pre>{@code
 * recall().perClass().of(vector(0, 0, 1), matrix(row(0.9, 0.1), row(0.3, 0.7), row(0.2, 0.8))) // [0.5, 1]
 * }</pre>
 */
public final class PerClass {
  private final AveragedMetric<?> metric;

  PerClass(AveragedMetric<?> metric) {
    this.metric = metric;
  }

  /** The figures for predictions {@code yHat} where the truth is {@code y}. */
  public double[] of(Object y, Object yHat) {
    return figures(MetricInputs.of(metric, y, yHat));
  }

  /** The figures with a weight for each sample. */
  public double[] of(Object y, Object yHat, Object weights) {
    return figures(MetricInputs.of(metric, y, yHat).weighted(weights));
  }

  private double[] figures(MetricInputs given) {
    return given.filled(metric.figures(given.targets(), given.outputs())).perClass();
  }

  /** {@code recall of each class}. */
  @Override
  public String toString() {
    return metric.name() + " of each class";
  }
}
