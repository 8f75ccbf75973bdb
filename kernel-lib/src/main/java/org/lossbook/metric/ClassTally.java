package org.lossbook.metric;

/** A tally of classes, which knows what it takes the truth for. */
abstract class ClassTally implements Metric.Tally {
  private final Truth truth;

  ClassTally(Truth truth) {
    this.truth = truth;
  }

  final Truth truth() {
    return truth;
  }
}
