package org.lossbook.metric;

/**
 * Direction of improvement: whether a larger or a smaller figure is better, as needed to choose the
 * best of several.
 */
public enum Direction {
  /** A larger figure is better, as for an accuracy. */
  UP,
  /** A smaller figure is better, as for an error. */
  DOWN,
  /** The metric does not say, so whatever compares by it has to be told. */
  UNKNOWN
}
