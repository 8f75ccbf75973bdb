package org.lossbook.metric.regression;

import org.lossbook.Internal;
import org.lossbook.config.Registry;
import org.lossbook.metric.Metric;

/**
 * The classes by which files name the metrics of this package.
 *
 * @hidden
 */
@Internal
public final class RegressionMetrics {
  private RegressionMetrics() {}

  /** The registry with these metrics too. */
  public static Registry<Metric> addTo(Registry<Metric> metrics) {
    return metrics
        .add("R2Score", R2::from)
        .add("Mean", settings -> Total.mean())
        .add("Sum", settings -> Total.sum())
        .add("PearsonCorrelation", Correlation::from)
        .add("ConcordanceCorrelation", Correlation::from);
  }
}
