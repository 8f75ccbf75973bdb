package org.lossbook.metric;

/** Which way a figure goes as a model gets better: what keeps the best of several needs to know. */
public enum Direction {
  /** A larger figure is a better one, as an accuracy's. */
  UP,
  /** A smaller figure is a better one, as an error's. */
  DOWN,
  /** The metric does not say; who compares by it has to. */
  UNKNOWN
}
