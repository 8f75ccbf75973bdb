package org.lossbook.metric.box;

import org.lossbook.Internal;
import org.lossbook.config.Registry;
import org.lossbook.metric.Metric;

/**
 * The classes by which files name the metrics of this package.
 *
 * @hidden
 */
@Internal
public final class BoxMetrics {
  private BoxMetrics() {}

  /** The registry with these metrics too. */
  public static Registry<Metric> addTo(Registry<Metric> metrics) {
    return metrics.addLossbookOnly("BoxIoU", BoxIoU::from);
  }
}
