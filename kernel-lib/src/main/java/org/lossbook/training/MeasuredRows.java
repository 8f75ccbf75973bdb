package org.lossbook.training;

import org.lossbook.Internal;
import org.lossbook.metric.Metric;

/**
 * The rows of a batch that metrics measure.
 *
 * @hidden
 */
@Internal
public interface MeasuredRows {
  /** The targets of the rows that count. */
  float[] y();

  /** Their predictions. */
  float[] yHat();

  /** Their weights; null for all ones. */
  float[] weights();

  /**
   * Adds all rows to a metric of whole samples; those that do not count weigh 0.
   *
   * @param isWeighted whether it takes the weights into account that were given
   */
  void addWhole(Metric.Tally tally, boolean isWeighted);
}
