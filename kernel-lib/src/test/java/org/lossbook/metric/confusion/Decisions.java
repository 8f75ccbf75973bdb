package org.lossbook.metric.confusion;

import org.lossbook.metric.Decision;

/** Lets tests of other packages see what a metric takes as a yes. */
public final class Decisions {
  private Decisions() {}

  public static Decision of(ConfusionMetric<?> metric) {
    return metric.decision();
  }
}
